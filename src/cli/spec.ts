import {realpath} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {SpecSummary} from '../model/template.ts';
import type {PackedSpec, SpecPort} from '../runtime/specPort.ts';
import {sanitize} from '../terminal/text.ts';
import {expanded} from './fileWords.ts';
import {type Mistake, readDocument} from './specDocument.ts';
import {checkKeys, type Environment, type Fields, specKeys} from './specFields.ts';
import {type Packed, packCopy} from './specPack.ts';
import {steps} from './specSteps.ts';
import {CopyRefused, treeLimits} from './specTree.ts';

/**
 * Reads build specs: the body of POST /v1/templates/build in YAML or JSON, what it copies beside it. Everything is
 * checked before anything could be sent.
 */
export function createSpecs(env: Environment, home: string): SpecPort {
  return {
    async read(given) {
      const path = expanded(given, home);
      const {top, mistake} = readDocument(path);
      const body = checkKeys(top, specKeys(steps), [], {mistake, env});
      const copies = await packAll(await realpath(dirname(path)), stepsOf(body), mistake);
      return packedSpec(given, body, copies);
    },
  };
}

/** A COPY step, packed, and which step it is. */
type Copy = Packed & {readonly index: number; readonly source: string; readonly target: string};

const stepsOf = ({steps: list}: Fields): readonly Fields[] => (Array.isArray(list) ? list : []);

async function packAll(folder: string, list: readonly Fields[], mistake: Mistake): Promise<readonly Copy[]> {
  const room = {...treeLimits};
  const copies: Copy[] = [];
  for (const [index, step] of list.entries()) {
    if (step.type !== 'COPY') continue;
    const [source = '', target = ''] = Array.isArray(step.args) ? step.args.map(String) : [];
    try {
      copies.push({...(await packCopy(folder, {source, target}, room)), index, source, target});
    } catch (error) {
      throw error instanceof CopyRefused ? mistake(['steps', index, 'args'], error.message) : error;
    }
  }
  return copies;
}

function packedSpec(path: string, body: Fields, copies: readonly Copy[]): PackedSpec {
  const hashes = new Map(copies.map(({index, filesHash}) => [index, filesHash]));
  const sent = stepsOf(body).map((step, index) => (hashes.has(index) ? {...step, filesHash: hashes.get(index)} : step));
  // Two steps may copy the same: it is sent once.
  const archives = [...new Map(copies.map(({filesHash, content}) => [filesHash, {filesHash, content}])).values()];
  return {
    summary: {...summaryOf(path, body, copies), packedBytes: sum(archives.map(({content}) => content.byteLength))},
    body: {...body, steps: sent},
    archives,
  };
}

function summaryOf(path: string, body: Fields, copies: readonly Copy[]): Omit<SpecSummary, 'specId' | 'packedBytes'> {
  const files = copies.flatMap(({entries}) => entries).filter(({isFolder}) => !isFolder);
  const listing = [...new Map(files.map((file) => [file.path, file])).values()];
  return {
    path: sanitize(path),
    name: String(body.name),
    fromImage: sanitize(body.from_image),
    cpu: Number(body.cpu),
    memoryMb: Number(body.memory),
    diskGb: Number(body.diskGB),
    steps: stepsOf(body).length,
    isUpdate: body.update === true,
    copies: copies.map(({source, target, entries}) => {
      const taken = entries.filter(({isFolder}) => !isFolder);
      const bytes = sum(taken.map((file) => file.bytes));
      return {source: sanitize(source), target: sanitize(target), files: taken.length, bytes};
    }),
    files: listing.length,
    bytes: sum(listing.map((file) => file.bytes)),
    listing: listing.map((file) => ({path: sanitize(file.path), bytes: file.bytes})),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
