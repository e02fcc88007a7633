import {formatClock} from '../model/format.ts';
import type {Millis} from '../model/sandbox.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14:04:00` today, `15 Nov 12:00` on another day of the year, `15 Nov 2024` in another; local time. */
export function formatMoment(wall: Millis, today: Millis): string {
  const date = new Date(wall);
  const now = new Date(today);
  const day = `${date.getDate()} ${months[date.getMonth()] ?? ''}`;
  if (date.getFullYear() !== now.getFullYear()) return `${day} ${date.getFullYear()}`;
  const isToday = date.getMonth() === now.getMonth() && date.getDate() === now.getDate();
  return isToday ? formatClock(wall) : `${day} ${formatMinute(wall)}`;
}

/** `14:04`, local time. */
export function formatMinute(wall: Millis): string {
  const date = new Date(wall);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
