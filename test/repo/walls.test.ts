import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';

/** ARCHITECTURE.md, Layers: who may import whom. The lint must say the same. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  contract: [],
  model: [],
  terminal: ['clock'],
  api: ['contract', 'model', 'clock'],
  runtime: ['api', 'model', 'clock'],
  ui: ['model', 'terminal', 'clock'],
  simulator: ['contract', 'clock'],
  cli: ['clock', 'contract', 'model', 'terminal', 'api', 'runtime', 'ui', 'simulator'],
};

const layers = Object.keys(mayImport);
const planted = [...layers, 'newcomer'];
let said = '';
let folder = '';

/** A copy of the rules over a tree in which every layer imports every other one, a line each. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'walls-'));
  cpSync('biome.json', join(folder, 'biome.json'));
  for (const layer of planted) {
    mkdirSync(join(folder, 'src', layer), {recursive: true});
    const source = layers.map((other) => `export * from '../${other}/planted.ts';\n`).join('');
    writeFileSync(join(folder, 'src', layer, 'planted.ts'), source);
  }
  const lint = spawnSync(
    resolve('node_modules/.bin/biome'),
    ['lint', '--colors=off', '--max-diagnostics=none', 'src'],
    {cwd: folder, encoding: 'utf8'},
  );
  said = lint.stdout + lint.stderr;
});

afterAll(() => rmSync(folder, {recursive: true}));

/** The layers that the file planted in `layer` is told off for importing. */
const refusedIn = (layer: string) =>
  layers.filter((_, line) => said.includes(`src/${layer}/planted.ts:${line + 1}:15 lint/style/noRestrictedImports`));

test('every folder of src is a layer with walls', () => {
  expect(readdirSync('src').sort()).toEqual([...layers].sort());
});

test.each(layers)('src/%s may import only what ARCHITECTURE.md says', (layer) => {
  const open = [...(mayImport[layer] ?? []), ...(layer === 'cli' ? ['cli'] : [])];
  expect(refusedIn(layer)).toEqual(layers.filter((other) => !open.includes(other)));
});

test('a new folder is walled off until it gets a row', () => {
  expect(refusedIn('newcomer')).toEqual(layers);
});

test('ARCHITECTURE.md names every layer', () => {
  const page = readFileSync('ARCHITECTURE.md', 'utf8');
  for (const layer of layers) expect(page).toMatch(new RegExp(`^${layer}\\s{2,}`, 'm'));
});
