import type {Clock} from '../clock/clock.ts';
import {answerFaults} from './answerFaults.ts';
import {type Fault, type Occasion, type RouteClass, routeClasses, type Scene} from './fault.ts';
import type {Random} from './random.ts';
import {type Answer, pathOf} from './reply.ts';
import {streamFaults} from './streamFaults.ts';
import type {World} from './world.ts';

/** TABLE of faults, for `simulate --fault NAME`: one row each, told in help and README, and tried by the tests. */
const faults = {...streamFaults, ...answerFaults};

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as readonly FaultName[];

export const faultNamed = (name: FaultName): Fault => faults[name];

/** As it is typed: `cut=SECONDS`. */
export function faultSpelled(name: FaultName): string {
  const {value} = faultNamed(name);
  return value ? `${name}=${value.name}` : name;
}

/** What holds when nothing is said: `=5`. */
export const faultUsual = (name: FaultName): string => faultNamed(name).value?.usual ?? '';

/** A fault that is asked for. */
export type FaultWish = {
  readonly name: FaultName;
  readonly value?: string;
  readonly when?: Partial<Occasion>;
};

const always: Occasion = {after: 0, for: Number.POSITIVE_INFINITY, times: Number.POSITIVE_INFINITY, p: 1, route: 'all'};

export type FaultyWorld = {readonly clock: Clock; readonly random: Random; readonly world: World};

/**
 * Stands before a control plane and makes of its answers what the faults want; the first of them is the nearest to
 * the client. A fault costs nothing while none is wished for.
 */
export function withFaults(answer: Answer, wishes: readonly FaultWish[], faulty: FaultyWorld): Answer {
  return wishes.reduceRight<Answer>((next, wish, place) => withFault(next, wish, place, faulty), answer);
}

function withFault(next: Answer, {name, value, when}: FaultWish, place: number, faulty: FaultyWorld): Answer {
  const fault = faultNamed(name);
  const occasion = {...always, ...fault.usual, ...when};
  const random = faulty.random.fork(`fault ${place} ${name}`);
  const scene: Scene = {
    ...faulty,
    random,
    value: value ?? fault.value?.usual ?? '',
    ...chances(occasion, random, faulty),
  };
  return (request, respond) => {
    if (!routeClasses[occasion.route].test(`${request.method} ${pathOf(request)}`)) return next(request, respond);
    fault.strike(scene, {request, next, respond});
  };
}

const SECOND = 1000;

function chances(when: Occasion, random: Random, {clock}: FaultyWorld): Pick<Scene, 'isOn' | 'strikes'> {
  const beginsAt = clock.monotonic() + when.after * SECOND;
  const endsAt = beginsAt + when.for * SECOND;
  let struck = 0;
  const isOn = () => clock.monotonic() >= beginsAt && clock.monotonic() < endsAt && struck < when.times;
  return {
    isOn,
    strikes() {
      if (!isOn() || random.next() >= when.p) return false;
      struck += 1;
      return true;
    },
  };
}

const isFaultName = (name: string): name is FaultName => Object.hasOwn(faults, name);
const isRouteClass = (name: string): name is RouteClass => Object.hasOwn(routeClasses, name);

const numbers: Readonly<Record<Exclude<keyof Occasion, 'route'>, RegExp>> = {
  after: /^\d{1,6}(\.\d+)?$/,
  for: /^\d{1,6}(\.\d+)?$/,
  times: /^\d{1,6}$/,
  p: /^(0(\.\d+)?|1(\.0+)?)$/,
};

export type ReadFault = {readonly wish: FaultWish} | {readonly unknown: string} | {readonly mistake: string};

/** Reads `NAME[=VALUE][:after=S][:for=S][:times=N][:p=P][:route=R]`. */
export function readFault(text: string): ReadFault {
  const [head = '', ...rest] = text.split(':');
  const [name = '', value] = head.split('=', 2);
  if (!isFaultName(name)) return {unknown: name};
  const mistake = value === undefined ? undefined : valueMistake(faultNamed(name), name, value);
  if (mistake) return {mistake};
  const when: {-readonly [K in keyof Occasion]?: Occasion[K]} = {};
  for (const part of rest) {
    const [key = '', told = ''] = part.split('=', 2);
    if (key === 'route' && isRouteClass(told)) when.route = told;
    else if (key === 'after' || key === 'for' || key === 'times' || key === 'p') {
      if (!numbers[key].test(told)) return {mistake: `has a ${key}= that is no number in reach`};
      when[key] = Number(told);
    } else
      return {
        mistake: `has "${part}": write after=, for=, times=, p=, or route= ${Object.keys(routeClasses).join('|')}`,
      };
  }
  return {wish: {name, ...(value !== undefined && {value}), when}};
}

function valueMistake({value: known}: Fault, name: string, value: string): string | undefined {
  if (!known) return `takes no value: write ${name}`;
  if (known.words) return known.words.includes(value) ? undefined : `takes one of ${known.words.join(', ')}`;
  return /^\d{1,6}(\.\d+)?$/.test(value) && Number(value) > 0
    ? undefined
    : `takes a number: write ${name}=${known.usual}`;
}
