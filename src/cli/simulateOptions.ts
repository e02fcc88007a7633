import {shown} from '../api/keyLike.ts';
import {type DialectName, dialectNames, isDialectName} from '../simulator/dialects.ts';
import {type FaultWish, faultNames, readFault} from '../simulator/faults.ts';
import {type SimulatorOptions, simulatorDefaults} from '../simulator/options.ts';
import {closest} from './closest.ts';
import {usageError} from './exit.ts';
import {type Given, numberOf, textOf, wrongValue} from './given.ts';

export type SimulateOptions = {readonly simulator: SimulatorOptions; readonly untilEof: boolean};

/** What `simulate` is told, its dialects and faults by name. Throws a CliError whose sentence says what to do. */
export function simulateOptions(given: Given, words: readonly string[]): SimulateOptions {
  if (words[0] !== undefined) {
    throw usageError(`"simulate" takes flags only, and "${shown(words[0])}" is none: see "hopx-top simulate --help"`);
  }
  const simulator: SimulatorOptions = {
    port: numberOf(given, 'port') ?? simulatorDefaults.port,
    sandboxes: numberOf(given, 'sandboxes') ?? simulatorDefaults.sandboxes,
    seed: textOf(given, 'seed') ?? simulatorDefaults.seed,
    key: textOf(given, 'key'),
    rateLimit: numberOf(given, 'rate-limit') ?? simulatorDefaults.rateLimit,
    churn: numberOf(given, 'churn'),
    quiet: given.has('quiet'),
    hostile: given.has('hostile'),
    metricsIntervalMs: numberOf(given, 'metrics-interval') ?? simulatorDefaults.metricsIntervalMs,
    dialects: listOf(given, 'dialect').map(dialectOf),
    faults: listOf(given, 'fault').map(faultOf),
    log: textOf(given, 'log'),
  };
  return {simulator, untilEof: given.has('until-eof')};
}

const listOf = (given: Given, name: string): readonly string[] => textOf(given, name)?.split(',') ?? [];

function dialectOf(name: string): DialectName {
  if (isDialectName(name)) return name;
  throw wrongValue('dialect', name, `is no dialect${meant(name, dialectNames)}`);
}

function faultOf(text: string): FaultWish {
  const read = readFault(text);
  if ('wish' in read) return read.wish;
  throw wrongValue('fault', text, 'mistake' in read ? read.mistake : `is no fault${meant(read.unknown, faultNames)}`);
}

function meant(typed: string, names: readonly string[]): string {
  const name = closest(typed, names);
  return name === undefined ? ': "hopx-top simulate --help" lists them' : `: did you mean ${name}?`;
}
