import {columns} from '../model/columns.ts';

/** What is wrong with the value of a flag, completing "--flag value …"; undefined: nothing. */
export function wholeNumber(least: number, most: number) {
  return (value: string) =>
    /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `is not a whole number from ${least} to ${most}`;
}

export function filterValue(value: string): string | undefined {
  return value.includes('"') ? 'cannot hold a double quote' : undefined;
}

export function sortValue(value: string): string | undefined {
  const [column, direction = 'asc', ...rest] = value.split(',');
  if (!columns.some(({id}) => id === column)) {
    return `names no column: use one of ${columns.map(({id}) => id).join(', ')}`;
  }
  const isDirection = ['asc', 'desc'].includes(direction) && rest.length === 0;
  return isDirection ? undefined : `says no direction: write ${column}, ${column},asc or ${column},desc`;
}
