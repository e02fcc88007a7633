import type {Millis, Stamp} from './sandbox.ts';
import type {State} from './state.ts';

/** Before everything: what has not happened yet. */
export const NEVER: Stamp = Number.NEGATIVE_INFINITY;

type Clocks = Pick<State, 'now' | 'wall' | 'skewMs'>;

/** The wall clock at a stamp, counted from the last tick. */
export const wallAt = ({wall, now}: Clocks, at: Stamp): Millis => wall + (at - now);

/** The server's clock at a stamp, at the least: whoever counts what is left of a life by it counts too much. */
export const serverAt = (clocks: Clocks, at: Stamp): Millis => wallAt(clocks, at) + clocks.skewMs;
