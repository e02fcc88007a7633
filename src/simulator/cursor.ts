/** A page cursor: opaque to clients, for us the number of the last row told. It holds whatever is deleted meanwhile. */
export function encodeCursor(lastNumber: number): string {
  return Buffer.from(`before:${lastNumber}`).toString('base64url');
}

/** Undefined: not a cursor of ours. */
export function decodeCursor(cursor: string): number | undefined {
  const number = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return number === undefined ? undefined : Number(number);
}
