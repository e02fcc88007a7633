/** Rows of text under headings, in columns as wide as they need; all but the first column to the right. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = ([first = '', ...others]: readonly string[]) =>
    [first.padEnd(widths[0] ?? 0), ...others.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))].join('  ');
  return [headings, widths.map((width) => '-'.repeat(width)), ...rows].map((row) => line(row).trimEnd()).join('\n');
}

/** `12,345`, with so many digits behind the point. */
export const formatNumber = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits});

export const formatMebibytes = (bytes: number): string => formatNumber(bytes / 2 ** 20, 1);
