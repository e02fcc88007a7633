import {KEY} from './terminal.ts';

/** One sandbox as the server tells it, as far as tests ask. */
export type ToldSandbox = {
  readonly id: string;
  readonly status: string;
  readonly region: string;
  readonly timeout_seconds: number | null;
  readonly expires_at: string | null;
};

type Page = {readonly data: readonly ToldSandbox[]; readonly has_more: boolean; readonly next_cursor: string | null};

export type ControlPlane = {
  readonly create: (wish: {readonly template_name: string; readonly region: string}) => Promise<string>;
  /** Answers the id of its request. */
  readonly remove: (id: string) => Promise<string>;
  /** All there are, page by page. */
  readonly list: () => Promise<readonly ToldSandbox[]>;
  readonly templateNames: () => Promise<readonly string[]>;
};

/** Somebody else who speaks to the same control plane, with nothing of ours in between. */
export function controlPlaneAt(url: string): ControlPlane {
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {'x-api-key': KEY, 'content-type': 'application/json'},
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    async create(wish) {
      const {id} = (await (await ask('POST', '/v1/sandboxes', wish)).json()) as {id: string};
      return id;
    },
    async remove(id) {
      const answer = await ask('DELETE', `/v1/sandboxes/${id}`);
      await answer.arrayBuffer();
      return answer.headers.get('x-request-id') ?? '';
    },
    async list() {
      const all: ToldSandbox[] = [];
      let cursor = '';
      do {
        const page = (await (await ask('GET', `/v1/sandboxes?limit=1000${cursor}`)).json()) as Page;
        all.push(...page.data);
        cursor = page.has_more ? `&cursor=${page.next_cursor}` : '';
      } while (cursor !== '');
      return all;
    },
    async templateNames() {
      const {data} = (await (await ask('GET', '/v1/templates')).json()) as {data: readonly {name: string}[]};
      return data.map(({name}) => name);
    },
  };
}
