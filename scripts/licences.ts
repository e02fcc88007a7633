import {readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Metafile} from 'esbuild';

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly homepage?: string;
};

/** A package whose code is in the bundle, with the texts it asks to travel with that code. */
type Bundled = {readonly manifest: Manifest; readonly texts: readonly string[]};

/** Every package of a bundle, with its licence and those of what it has copied into itself. */
export async function licencesOf(metafile: Metafile, bundle: string): Promise<string> {
  const bundled = await Promise.all([...foldersByPackage(metafile)].sort().map(readBundled));
  const head = `${bundle} contains code of these packages, under their own licences.\n`;
  return [head, ...new Set(bundled.map(printLicence))].join('\n');
}

/** Folders of the packages that gave at least one byte to the bundle, nested ones included, each with those inside. */
function foldersByPackage({outputs}: Metafile): ReadonlyMap<string, ReadonlySet<string>> {
  const byPackage = new Map<string, Set<string>>();
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  for (const [path, {bytesInOutput}] of inputs) {
    // A path with a colon is no file: a plugin wrote it.
    const folder = /^[^:]*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
    if (folder === undefined || bytesInOutput === 0) continue;
    const inside = byPackage.get(folder) ?? new Set();
    for (let each = dirname(path); each.length >= folder.length; each = dirname(each)) inside.add(each);
    byPackage.set(folder, inside);
  }
  return byPackage;
}

async function readBundled([folder, inside]: readonly [string, ReadonlySet<string>]): Promise<Bundled> {
  const texts = await Promise.all([...inside].sort().map(readLicences));
  return {manifest: JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')), texts: texts.flat()};
}

async function readLicences(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, {withFileTypes: true});
  const names = entries
    .filter((entry) => entry.isFile() && /^(?:licen[cs]es?|copying|notice)\b/i.test(entry.name))
    .map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
}

function printLicence({manifest: {name, version, license, homepage}, texts}: Bundled): string {
  const source = homepage ?? `https://www.npmjs.com/package/${name}`;
  const ownWords = `The package has no licence file. Its package.json says: ${license ?? 'nothing'}. Source: ${source}`;
  const text = texts.length > 0 ? texts.map((part) => part.trim()).join('\n\n') : ownWords;
  return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n${'='.repeat(80)}\n\n${text}\n`;
}
