import type {Failure} from './failure.ts';
import type {RangeId, RecordText, TabId} from './focus.ts';
import type {Stamp} from './sandbox.ts';

/** What happens while one sandbox has the whole screen. */
export type FocusEvent =
  | {readonly type: 'detail.toggled'; readonly at: Stamp}
  /** To the previous or the next sandbox of the list, as it is filtered and sorted. */
  | {readonly type: 'focus.stepped'; readonly at: Stamp; readonly by: -1 | 1}
  | {readonly type: 'focus.tabChosen'; readonly at: Stamp; readonly tab: TabId}
  /** The first visible line; only the one who paints them knows how many there are. */
  | {readonly type: 'focus.scrolled'; readonly at: Stamp; readonly top: number}
  | {readonly type: 'focus.rangeChosen'; readonly at: Stamp; readonly range: RangeId}
  /** `r`: the record on the screen is to be read again. */
  | {readonly type: 'focus.recordAsked'; readonly at: Stamp}
  | {
      readonly type: 'record.read';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly id: string;
      readonly text: RecordText;
    }
  | {readonly type: 'record.failed'; readonly at: Stamp; readonly id: string; readonly failure: Failure};
