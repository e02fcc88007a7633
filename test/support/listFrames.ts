const ESC = '\u001b';

export const FRAME = {columns: 80, rows: 24} as const;

/** The same numbers every time: Lehmer's generator with the multiplier of Park and Miller. */
function lehmer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const words = ['running', 'paused', 'creating', '東京', 'stopped', 'error'];

/**
 * Frames of a list as a monitor paints them, each painted in full: numbers and words change, lines come and go, the
 * cursor's bar moves, and the list scrolls. As text with SGR codes, row by row from the top left corner.
 */
export function listFrames(count: number): readonly string[] {
  const draw = lehmer(7);
  const rows = Array.from({length: 200}, (_, index) => ({id: `sb_${index}`, word: 'running', load: draw(100)}));
  let top = 0;
  return Array.from({length: count}, () => {
    top = Math.min(170, Math.max(0, top + (draw(3) === 0 ? draw(7) - 2 : 0)));
    for (let change = draw(12); change > 0; change -= 1) {
      const row = rows[top + draw(22)];
      if (!row) continue;
      row.load = draw(100);
      if (draw(4) === 0) row.word = words[draw(words.length)] ?? '';
    }
    if (draw(8) === 0) rows.splice(top + draw(20), 1);
    const cursor = draw(22);
    const lines = rows.slice(top, top + 22).map((row, index) => paintLine(row, index === cursor));
    return `${ESC}[H${ESC}[m${[` ${rows.length} sandboxes`, ...lines].map((line) => `${line}${ESC}[K`).join('\r\n')}${ESC}[J`;
  });
}

type ListRow = {readonly id: string; readonly word: string; readonly load: number};

function paintLine({id, word, load}: ListRow, isCursor: boolean): string {
  const bar = '█'.repeat(load / 10);
  if (isCursor) return `${ESC}[7m> ${id.padEnd(10)} ${word} ${load}% ${bar}${ESC}[m`;
  const colour = load > 90 ? '1;31' : load > 70 ? '33' : '32';
  return `  ${id.padEnd(10)} ${ESC}[2m${word}${ESC}[m ${ESC}[${colour}m${load}% ${bar}${ESC}[m`;
}
