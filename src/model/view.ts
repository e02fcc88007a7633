import type {Act} from './act.ts';
import type {Sample} from './sample.ts';
import type {Millis, Row, Stamp} from './sandbox.ts';
import type {Bucket} from './series.ts';

/** All that a column, a filter term or a sort key may look at: one row and the time, nothing else. */
export type RowView = {
  readonly row: Row;
  readonly act: Act | undefined;
  /** Kept at the top of the list. */
  readonly isPinned: boolean;
  /** `none`: no stream is open for it (`·`, not sampled); `waiting`: open, no sample yet. */
  readonly sampling: 'none' | 'waiting' | 'sampled';
  readonly sample: Sample | undefined;
  /** Newest 2-second bucket, for rates. */
  readonly bucket: Bucket | undefined;
  readonly now: Stamp;
  readonly wall: Millis;
  /** Our best reading of the server's clock, for ages and countdowns. */
  readonly serverNow: Millis;
};
