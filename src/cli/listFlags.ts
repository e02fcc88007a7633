import {isSurelyKey} from '../api/keyLike.ts';
import {type ColumnId, columns} from '../model/columns.ts';
import {type Filter, parseFilter} from '../model/filter.ts';
import {sanitize} from '../terminal/text.ts';
import {usageError} from './exit.ts';

/** Words, `--region` and `--status` as one filter; throws a CliError where it cannot be read. */
export function filterOf(words: readonly string[], region: string | undefined, status: string | undefined): Filter {
  // First alone, so that a mistake is counted in what was typed.
  const typed = parsed(words.join(' '));
  const terms = [typed.text, termOf('region', region), termOf('status', status)];
  return parsed(terms.filter((term) => term !== '').join(' '));
}

/** One character may take as many cells when it is spelled out. */
const MOST_CELLS_A_CHARACTER = 10;

/** What is looked for is what the screen shows: texts of a server are sanitized, and so is the filter. */
function parsed(typed: string): Filter {
  if (typed.split(/[\s"=<>!]+/).some(isSurelyKey)) {
    throw usageError('a word of the filter looks like an API key: give the key by HOPX_API_KEY or --api-key-file PATH');
  }
  const text = sanitize(typed, typed.length * MOST_CELLS_A_CHARACTER);
  const answer = parseFilter(text);
  if ('mistake' in answer) throw usageError(`the filter cannot be read: ${sanitize(answer.mistake)}`);
  return answer.filter;
}

const termOf = (field: string, value: string | undefined) =>
  value === undefined ? '' : `${field}=${/\s/.test(value) ? `"${value}"` : value}`;

/** `cpu,desc`; its mistakes are found before. */
export function sortOf(
  text: string | undefined,
): {readonly column: ColumnId; readonly descending: boolean} | undefined {
  const [id, direction] = text?.split(',') ?? [];
  const column = columns.find((each) => each.id === id);
  if (!column) return undefined;
  return {column: column.id, descending: direction === undefined ? column.descendingFirst : direction === 'desc'};
}
