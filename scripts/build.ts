import {mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {build, type Metafile, type Plugin} from 'esbuild';

const OUTPUT_FOLDER = 'dist';
const BUNDLE = 'hopx-top.js';
const LICENCES = 'LICENSES.txt';

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly homepage?: string;
};

/** A package whose code is in the bundle, with the texts it asks to travel with that code. */
type Bundled = {readonly manifest: Manifest; readonly texts: readonly string[]};

/** Ink imports React's developer tools when DEV is set, which it never is here; left external, it would be missing. */
const withoutDeveloperTools: Plugin = {
  name: 'without-developer-tools',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'left-out'}));
    onLoad({filter: /.*/, namespace: 'left-out'}, () => ({contents: 'export default {};'}));
  },
};

const readManifest = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

/** One file with everything inside, so that what users run starts in half the time and installs nothing behind it. */
async function bundle(): Promise<Metafile> {
  const {metafile} = await build({
    entryPoints: ['src/cli/main.ts'],
    outfile: join(OUTPUT_FOLDER, BUNDLE),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
    },
    plugins: [withoutDeveloperTools],
    // CommonJS packages inside an ESM bundle call a `require` that ESM does not have.
    banner: {
      js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);",
    },
  });
  return metafile;
}

/** Folders of the packages that gave at least one byte to the bundle, nested ones included. */
function packageFolders({outputs}: Metafile): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

async function readBundled(folder: string): Promise<Bundled> {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(basename(name)));
  const texts = await Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
  return {manifest: await readManifest(folder), texts};
}

function printLicence({manifest: {name, version, license, homepage}, texts}: Bundled): string {
  const source = homepage ?? `https://www.npmjs.com/package/${name}`;
  const ownWords = `The package has no licence file. Its package.json says: ${license ?? 'nothing'}. Source: ${source}`;
  const text = texts.length > 0 ? texts.map((part) => part.trim()).join('\n\n') : ownWords;
  return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n${'='.repeat(80)}\n\n${text}\n`;
}

async function writeLicences(folders: readonly string[]): Promise<void> {
  const bundled = await Promise.all(folders.map(readBundled));
  const printed = new Set(bundled.map(printLicence));
  const head = `${BUNDLE} contains code of these packages, under their own licences.\n`;
  await writeFile(join(OUTPUT_FOLDER, LICENCES), [head, ...printed].join('\n'));
}

await rm(OUTPUT_FOLDER, {recursive: true, force: true});
await mkdir(OUTPUT_FOLDER);
await writeLicences(packageFolders(await bundle()));
