/** What the screen can show of the control plane. Keys, help and README are printed from this table. */
export const views = [
  {id: 'sandboxes', key: '1', label: 'sandboxes', description: 'the sandboxes'},
  {id: 'templates', key: '2', label: 'templates', description: 'the templates'},
  {id: 'builds', key: '3', label: 'builds', description: 'builds and their logs'},
  {id: 'events', key: '4', label: 'events', description: 'events: what happened'},
  {id: 'overview', key: '5', label: 'overview', description: 'overview in numbers'},
] as const;

export type ViewId = (typeof views)[number]['id'];
