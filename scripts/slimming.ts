import {readFile} from 'node:fs/promises';
import {builtinModules} from 'node:module';
import {dirname} from 'node:path';
import type {Plugin} from 'esbuild';

/**
 * Takes each of Node's own modules when the module that imports it is evaluated. A plain `import` of one would load it
 * before the first line of the bundle, wherever it stands: of child_process, crypto and http that is as much work as
 * all of `node -e 0`.
 */
const builtinsOnDemand: Plugin = {
  name: 'builtins-on-demand',
  setup({onResolve, onLoad}) {
    const known = new Set(builtinModules);
    onResolve({filter: /^[a-z_:/0-9]+$/}, ({path, kind}) => {
      const name = path.replace(/^node:/, '');
      if (!known.has(name)) return undefined;
      if (kind === 'require-call') return {path: name, namespace: 'builtin-required'};
      return kind === 'import-statement' ? {path: name, namespace: 'builtin', sideEffects: false} : undefined;
    });
    onLoad({filter: /.*/, namespace: 'builtin-required'}, ({path}) => ({
      contents: `module.exports = ${builtin(path)};`,
    }));
    onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({contents: exportsOf(path)}));
  },
};

const builtin = (name: string) => `process.getBuiltinModule('${name}')`;

/** Marked as pure, so that only the members that are imported are left. */
function exportsOf(name: string): string {
  const members = Object.keys(process.getBuiltinModule(name) ?? {}).filter((member) => /^[A-Za-z_]\w*$/.test(member));
  return [
    `const $module = /* @__PURE__ */ ${builtin(name)};`,
    'const take = (member) => $module[member];',
    'export default $module;',
    ...members
      .filter((member) => member !== 'default')
      .map((member) => `const $${member} = /* @__PURE__ */ take('${member}'); export {$${member} as ${member}};`),
  ].join('\n');
}

type Replacement = {
  readonly file: RegExp;
  /** Where it is, exactly once: a new version of the package fails the build. */
  readonly text: string;
  readonly by: string;
};

/** What packages do when they are loaded, that is never needed here and takes long. */
const replacements: readonly Replacement[] = [
  {
    // The WebAssembly is in the file already, as base64; by `fetch` of a data URL it costs all of Node's fetch.
    file: /yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/,
    text: 'var loadYoga = (() => {',
    by: 'var loadYoga = (() => { const fetch = undefined;',
  },
  {
    // For programs that let meow read their package.json: tables of licences, hosts and versions, and child_process.
    file: /meow\/build\/dependencies\.js$/,
    text: [
      'var normalizeExports = requireNormalize();',
      'const normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
      'promisify(execFile);',
    ].join('\n'),
    by: 'const normalizePackageData = () => {};',
  },
];

const replaced: Plugin = {
  name: 'replaced',
  setup({onLoad}) {
    for (const {file, text, by} of replacements) {
      onLoad({filter: file}, async ({path}) => {
        const contents = await readFile(path, 'utf8');
        if (contents.split(text).length !== 2)
          throw new Error(`${path} has not "${text}" once: see scripts/slimming.ts`);
        return {contents: contents.replace(text, () => by)};
      });
    }
  },
};

/** Modules of undici that only fetch, forms and HTTP/2 need. Evaluating one, or calling it, says that it is missing. */
const leftOut: readonly RegExp[] = [/\/web\/fetch\/(?:body|formdata)(?:\.js)?$/, /\/web\/webidl$/, /\/client-h2\.js$/];

const withoutFetch: Plugin = {
  name: 'without-fetch',
  setup({onResolve, onLoad}) {
    for (const filter of leftOut) {
      onResolve({filter}, ({path, importer}) =>
        /\/undici\/lib\//.test(importer) ? {path, namespace: 'left-out'} : undefined,
      );
    }
    onLoad({filter: /.*/, namespace: 'left-out'}, ({path}) => {
      const complaint = `throw new Error('not in this bundle: ${path}');`;
      return {contents: path.includes('client-h2') ? `module.exports = () => { ${complaint} };` : complaint};
    });
  },
};

/**
 * One cell each and never part of a cluster, by every version of string-width: ASCII, Latin, the lines, blocks, arrows
 * and dots that our painters draw with, and the private use area that stands in for a canvas in Ink's layout.
 */
export const narrowCharacters = String.raw` -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2400-\u2421\u2500-\u259f\u2800-\u28ff\ue000-\uf8ff`;

const colours = String.raw`\x1b\[[\d;]*m`;

/**
 * string-width, loaded when something is measured that is not plain: to build its table of emoji and its segmenter takes
 * half as long as `node -e 0`, and Ink measures every line of every frame.
 */
const stringWidthOnDemand: Plugin = {
  name: 'string-width-on-demand',
  setup({onResolve, onLoad, resolve}) {
    const firstOf = new Map<string, string>();
    onResolve({filter: /^string-width$/}, async ({path, pluginData, ...asked}) => {
      if (pluginData === 'itself') return undefined;
      const found = await resolve(path, {...asked, pluginData: 'itself'});
      const {version} = JSON.parse(await readFile(`${dirname(found.path)}/package.json`, 'utf8'));
      // Ink's packages bring the same version five times.
      const first = firstOf.get(version) ?? found.path;
      firstOf.set(version, first);
      return {path: first, namespace: 'on-demand', sideEffects: false};
    });
    onLoad({filter: /.*/, namespace: 'on-demand'}, ({path}) => ({
      contents: plainWidthBefore(path),
      resolveDir: dirname(path),
    }));
  },
};

/** A module that measures as the one at `path` does. */
const plainWidthBefore = (path: string) => `
  const notNarrow = /[^${narrowCharacters}]/;
  const colours = /${colours}/g;
  let measure;
  export default function stringWidth(text, options) {
    if (typeof text === 'string' && options === undefined) {
      const plain = text.includes('\\x1b') ? text.replace(colours, '') : text;
      if (!notNarrow.test(plain)) return plain.length;
    }
    measure ??= require(${JSON.stringify(path)}).default;
    return measure(text, options);
  }
`;

/** What makes the bundle smaller and quicker to start without changing what it does. */
export const slimming: readonly Plugin[] = [builtinsOnDemand, replaced, withoutFetch, stringWidthOnDemand];
