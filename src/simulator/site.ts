import type {Clock} from '../clock/clock.ts';
import {createBirths} from './births.ts';
import {createChannel, createHeart} from './broadcast.ts';
import {createBuilds} from './builds.ts';
import {createCatalogue} from './catalogue.ts';
import {startChurn} from './churn.ts';
import {speechOf} from './dialects.ts';
import {hostileTexts} from './hostile.ts';
import {createMetricsFeed} from './metricsFeed.ts';
import {calmChurn, type SimulatorOptions} from './options.ts';
import type {Random} from './random.ts';
import {createRegistry, type Registry} from './registry.ts';
import type {Site} from './reply.ts';
import type {Told} from './speech.ts';
import {createUploads} from './uploads.ts';
import {type Change, createWorld, type World} from './world.ts';

type SiteOptions = Omit<SimulatorOptions, 'port' | 'log'>;

/** All that the routes act on, and its end. */
export function createSite(options: SiteOptions, clock: Clock, random: Random) {
  const {hostile, quiet, sandboxes, metricsIntervalMs: intervalMs} = options;
  const speech = speechOf(options.dialects);
  const {opening, hasEventIds: hasIds, sample: put} = speech;
  const heart = createHeart(clock, speech.heartbeat);
  const toldNow = (): Told => ({
    wall: clock.wall(),
    row: (sandbox) => speech.row(sandbox, 'event'),
    everybody: () => world.everybody(),
  });
  const sandboxChannel = createChannel({heart, opening, hasIds, snapshot: () => speech.snapshot(toldNow())});
  const templateChannel = createChannel({heart, opening, hasIds});
  const catalogue = createCatalogue(random.fork('catalogue'), hostile);
  const templates: Registry = createRegistry(
    catalogue.templates.map(([template]) => template),
    (change) =>
      templateChannel.publish(speech.templateEvent(change, {wall: clock.wall(), everything: () => templates.list()})),
  );
  const noise = hostile ? hostileTexts : [];
  const builds = createBuilds({clock, registry: templates, found: catalogue.builds, heart, opening, noise});
  const births = createBirths({
    random: random.fork('births'),
    catalogue,
    hostile,
    quiet,
    findTemplate: templates.find,
  });
  const metrics = createMetricsFeed({clock, find: (id) => world.get(id), heart, intervalMs, opening, put, quiet});
  const told = (change: Change) => {
    sandboxChannel.publish(speech.event(change, toldNow()));
    metrics.changed(change);
  };
  const world: World = createWorld({clock, random: random.fork('delays'), births, sandboxes, quiet, told});
  const eventsPerSecond = quiet ? 0 : (options.churn ?? calmChurn(sandboxes));
  const stopChurn = startChurn({clock, random: random.fork('churn'), world, eventsPerSecond});
  const site: Site = {
    world,
    templates,
    builds,
    uploads: createUploads(random.fork('uploads'), clock.wall),
    sandboxChannel,
    templateChannel,
    metrics,
    speech,
    now: clock.wall,
    monotonic: clock.monotonic,
  };
  const close = () => {
    stopChurn();
    world.close();
    builds.close();
    metrics.close();
    heart.close();
  };
  return {site, close};
}
