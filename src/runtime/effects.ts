import type {Effect} from '../model/event.ts';
import type {JournalEntry} from '../model/fileEvents.ts';
import type {Acting} from './acting.ts';
import type {Building} from './building.ts';
import type {Creating} from './creating.ts';
import type {Files} from './files.ts';
import type {Lifecycle} from './lifecycle.ts';
import type {Listing} from './listing.ts';
import type {Reading} from './reading.ts';
import type {Tasks} from './tasks.ts';
import type {TemplateFollowing} from './templates.ts';
import type {TerminalPort} from './terminalPort.ts';

export type EffectPorts = {
  readonly lifecycle: Lifecycle;
  readonly listing: Listing;
  readonly reading: Reading;
  readonly acting: Acting;
  readonly building: Building;
  readonly templates: TemplateFollowing;
  readonly creating: Creating;
  readonly terminal: TerminalPort;
  readonly files: Files;
  readonly journal: (entry: JournalEntry) => void;
  readonly connect: (id: string) => Promise<void>;
  readonly tasks: Tasks;
};

type Runners = {readonly [Do in Effect['do']]: (effect: Extract<Effect, {do: Do}>) => Promise<void> | void};

/** Turns an Effect into the outside world. Never throws or rejects: every outcome comes back as an Event. */
export function createEffectRunner(ports: EffectPorts): (effect: Effect) => void {
  const {lifecycle, listing, reading, acting, building, creating, templates, ...others} = ports;
  const {terminal, files, journal, connect, tasks} = others;
  const runners: Runners = {
    list: ({run}) => listing.read(run),
    read: ({id, priority}) => reading.read(id, priority),
    act: (effect) => acting.ask(effect),
    send: (effect) => acting.send(effect),
    reconnect: () => lifecycle.reconnect(),
    renew: () => lifecycle.renew(),
    suspend: () => terminal.suspend(),
    redraw: () => terminal.redraw(),
    copy: ({text}) => terminal.copy(text),
    quit: () => terminal.quit(),
    save: (effect) => files.save(effect),
    connect: ({id}) => connect(id),
    journal: ({entry}) => journal(entry),
    'create.ask': (effect) => creating.ask(effect),
    create: (effect) => creating.create(effect),
    'spec.read': (effect) => building.readSpec(effect),
    build: (effect) => building.build(effect),
    'build.ask': (effect) => building.ask(effect),
    'build.start': (effect) => building.start(effect),
    'templates.read': () => templates.read(),
    'template.ask': ({id, until}) => templates.ask(id, until),
    'template.delete': ({id}) => templates.remove(id),
  };
  return (effect) => {
    // The compiler cannot see that a row of the table is given its own effect.
    const run = runners[effect.do] as (effect: Effect) => Promise<void> | void;
    tasks.start(() => run(effect));
  };
}
