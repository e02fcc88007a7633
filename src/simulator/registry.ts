import type {TemplateBody} from '../contract/template.ts';

export type TemplateChange = {
  readonly type: 'created' | 'updated' | 'deleted';
  readonly template: TemplateBody;
};

/** The templates that are there, in the order in which they came. */
export type Registry = {
  readonly list: () => readonly TemplateBody[];
  readonly find: (idOrName: string) => TemplateBody | undefined;
  /** Adds it, or takes the place of the one with its id. */
  readonly put: (template: TemplateBody) => void;
  readonly remove: (id: string) => void;
};

export function createRegistry(first: readonly TemplateBody[], told: (change: TemplateChange) => void): Registry {
  const byId = new Map(first.map((template) => [template.id, template]));
  return {
    list: () => [...byId.values()],
    find: (wanted) => byId.get(wanted) ?? byId.values().find(({name}) => name === wanted),
    put(template) {
      const type = byId.has(template.id) ? 'updated' : 'created';
      byId.set(template.id, template);
      told({type, template});
    },
    remove(id) {
      const template = byId.get(id);
      if (!template) return;
      byId.delete(id);
      told({type: 'deleted', template: {...template, status: 'deleted', is_active: false}});
    },
  };
}
