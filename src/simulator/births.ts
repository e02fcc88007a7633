import type {TemplateBody} from '../contract/template.ts';
import type {Catalogue} from './catalogue.ts';
import {hostileTexts, hostileWord} from './hostile.ts';
import {createDeck, type NonEmpty, type Random} from './random.ts';
import type {Draft} from './sandbox.ts';
import {lastingWorkloads, type WorkloadName, workloads} from './workload.ts';

export type Wish = {
  readonly template?: TemplateBody | undefined;
  readonly region?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly internetAccess?: boolean | undefined;
};

export type Births = {
  /** A machine that has lived for a while: the fleet as it is found. */
  readonly found: (now: number) => Draft;
  /** A machine that begins now, for churn. */
  readonly begun: (now: number) => Draft;
  /** A machine that begins now, as a client wishes it. */
  readonly wished: (now: number, wish: Wish) => Draft;
  /** Another id, should one be taken. */
  readonly newId: (createdAt: number) => string;
};

type Span = readonly [leastMs: number, mostMs: number];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const statuses: NonEmpty<readonly [string, number]> = [
  ['running', 14],
  ['paused', 2],
  ['stopped', 2],
  ['creating', 1],
  ['error', 1],
];

const ages: NonEmpty<readonly [Span, number]> = [
  [[4 * SECOND, 2 * MINUTE], 2],
  [[2 * MINUTE, HOUR], 6],
  [[HOUR, 12 * HOUR], 7],
  [[12 * HOUR, 6 * DAY], 5],
];

/** Time left to live; undefined: no timeout. */
const lives: NonEmpty<readonly [Span | undefined, number]> = [
  [undefined, 7],
  [[20 * SECOND, 2 * MINUTE], 1],
  [[2 * MINUTE, 10 * MINUTE], 2],
  [[10 * MINUTE, HOUR], 4],
  [[HOUR, 12 * HOUR], 6],
];

/** In a quiet fleet nothing comes near its end by itself. */
const quietLives: NonEmpty<readonly [Span | undefined, number]> = [
  [undefined, 7],
  [[2 * DAY, 9 * DAY], 13],
];

/** Timeouts people set; a life found half spent had the shortest of these that fits. */
const usualTimeouts: NonEmpty<number> = [300, 600, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800, 2_592_000];

/** A crash is never nearer than this when the fleet is found. */
const CALM_BEFORE_CRASH_SECONDS = 40;
const CREATING_MS = 3 * SECOND;

export type BirthOptions = {
  readonly random: Random;
  readonly catalogue: Catalogue;
  readonly hostile: boolean;
  readonly quiet: boolean;
  /** The template as it is by now; undefined: it was deleted. */
  readonly findTemplate: (id: string) => TemplateBody | undefined;
};

export function createBirths(options: BirthOptions): Births {
  const {random, hostile} = options;
  const deal = createDecks(options);
  const withLife = (draft: Draft, now: number): Draft => {
    const life = deal.life();
    return life ? {...draft, ...lifeLeft(draft, now, random.between(...life))} : draft;
  };
  return {
    newId: (createdAt) => idOf(createdAt, random),
    found(now) {
      const status = deal.status();
      const age = random.between(...deal.age());
      const createdAt = now - (status === 'creating' ? random.between(SECOND, CREATING_MS) : age);
      const workload = deal.workload();
      const draft: Draft = {
        ...begin(options, createdAt, deal.region(), deal.template()),
        ...uptimeFound(workload, createdAt, now, random),
        workload,
        status: hostile && random.below(12) === 0 ? hostileWord(random) : status,
      };
      return withLife(draft, now);
    },
    begun(now) {
      const draft = {...begin(options, now, deal.region(), deal.template()), workload: deal.workload()};
      return withLife(draft, now);
    },
    wished(now, {template, region, timeoutSeconds, internetAccess}) {
      return {
        ...begin(options, now, region ?? deal.region(), template ?? deal.template()),
        workload: deal.lasting(),
        touched: true,
        internetAccess: internetAccess ?? true,
        ...(timeoutSeconds !== undefined && {timeoutSeconds, expiresAt: expiryFromNow(now, timeoutSeconds)}),
      };
    },
  };
}

function createDecks({random, catalogue, quiet, findTemplate}: BirthOptions) {
  const dealTemplate = createDeck(random.fork('template'), catalogue.templates);
  // Public ones cannot be deleted, so one is dealt sooner or later.
  const template = () => {
    let found: TemplateBody | undefined;
    while (!found) found = findTemplate(dealTemplate().id);
    return found;
  };
  return {
    status: createDeck(random.fork('status'), statuses),
    age: createDeck(random.fork('age'), ages),
    life: createDeck(random.fork('life'), quiet ? quietLives : lives),
    template,
    region: createDeck(random.fork('region'), catalogue.regions),
    workload: createDeck(random.fork('workload'), workloadCards(workloads)),
    lasting: createDeck(random.fork('lasting'), workloadCards(lastingWorkloads)),
  };
}

/** Digits of the Unix time and random base 36, as real ids look (official SDK's documentation). */
function idOf(createdAt: number, random: Random): string {
  return `${Math.floor(createdAt / 1000)}${random.text(8)}`;
}

function begin({random, hostile}: BirthOptions, createdAt: number, region: string, template: TemplateBody): Draft {
  const plainId = idOf(createdAt, random);
  const word = hostile ? hostileWord(random) : '';
  return {
    id: hostile && random.below(8) === 0 ? `${plainId}${random.pick(hostileTexts)}` : plainId,
    status: 'creating',
    template,
    region,
    nodeId: `node_${region}-${1 + random.below(6)}${word}`,
    // RFC 2606: `.invalid` never resolves, so no agent client carries a key from here to a real host.
    publicHost: `https://7777-${plainId}.${region}${word}.vms.hopx.invalid/`,
    internetAccess: random.below(10) > 0,
    createdAt,
    changedAt: createdAt,
    timeoutSeconds: null,
    expiresAt: null,
    bootedAt: createdAt,
    stoodAtMs: 0,
    workload: 'idle',
    salt: random.below(2 ** 31),
    touched: false,
    tokens: 0,
    tokenIssuedAt: 0,
  };
}

/** The wire carries whole seconds: rounded up, so that what is told is what happens and no life is cut. */
export function expiryFromNow(now: number, timeoutSeconds: number): number {
  return Math.ceil((now + timeoutSeconds * 1000) / 1000) * 1000;
}

function lifeLeft(draft: Draft, now: number, leftMs: number): Pick<Draft, 'timeoutSeconds' | 'expiresAt'> {
  const seconds = Math.ceil(leftMs / 1000);
  const timeoutSeconds = usualTimeouts.find((usual) => usual >= seconds) ?? seconds;
  // A timeout set at birth, or at some time since: never before the machine was there.
  const setAt = Math.max(draft.createdAt, now + leftMs - timeoutSeconds * 1000);
  return {timeoutSeconds, expiresAt: expiryFromNow(setAt, timeoutSeconds)};
}

/** Any machine may have begun anew since its birth; one that will crash has some calm before it. */
function uptimeFound(workload: WorkloadName, createdAt: number, now: number, random: Random) {
  const crashesAfter = workloads.find(({name}) => name === workload)?.crashesAfterSeconds;
  const age = now - createdAt;
  const most = crashesAfter === undefined ? age : Math.min(age, (crashesAfter - CALM_BEFORE_CRASH_SECONDS) * SECOND);
  const uptime = random.between(0.3 * most, most);
  return {bootedAt: now - uptime, stoodAtMs: uptime};
}

function workloadCards(rows: readonly {readonly name: WorkloadName; readonly count: number}[]) {
  const cards = rows.map(({name, count}) => [name, count] as const);
  const [first = ['steady', 1] as const, ...rest] = cards;
  return [first, ...rest] as const;
}
