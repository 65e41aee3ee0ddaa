// The rows that wait for a person, read ahead in small pages.
import { get } from '../../api.js';

const PAGE = 30;
const AHEAD = 8;

/** Which rows each queue has; people's own are in none. */
export const QUEUES = { doubt: {}, unmatched: { status: 'unmatched' }, failed: { status: 'failed' } };

/** The next rows of a queue, each given once. */
export class ReviewQueue {
  /** @param {import('../job/frame.js').JobFrame} frame */
  constructor(frame, name) {
    this.frame = frame;
    this.filter = { ...(QUEUES[name] || QUEUES.doubt), reviewed: 'false' };
    this.rows = [];
    this.given = new Set();
    this.full = new Map();
    this.skipped = 0;
    this.total = 0;
    this.ended = false;
    this.reading = null;
  }

  /** The next row with all its columns, or null at the end. */
  async next() {
    while (this.rows.length === 0 && !this.ended) await this.readMore();
    const row = this.rows.shift();
    if (!row) return null;
    this.given.add(row.row);
    if (this.rows.length < AHEAD && !this.ended) this.readMore().catch(() => {}); // asked again, and said, when the rows run out
    const full = await this.whole(row);
    const [after] = this.rows;
    if (after) this.whole(after).catch(() => this.full.delete(after.row)); // asked again when its turn comes
    return full;
  }

  /** Puts a row back at the front. */
  giveBack(row) {
    this.rows.unshift(row);
    this.full.set(row.row, Promise.resolve(row));
  }

  whole(row) {
    if (!this.full.has(row.row)) this.full.set(row.row, get(`${this.frame.api}/rows/${row.row}`));
    const full = this.full.get(row.row);
    return full.finally(() => {
      if (this.given.has(row.row)) this.full.delete(row.row);
    });
  }

  /** Reviewed rows leave the filter, so what is still to come stands behind those that were skipped and those read ahead. */
  readMore() {
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  async read() {
    const skip = this.skipped + this.rows.length;
    const page = await get(`${this.frame.api}/rows`, { query: { ...this.filter, sort: 'doubt', skip, limit: PAGE } });
    const known = new Set([...this.given, ...this.rows.map((row) => row.row)]);
    const fresh = page.items.filter((row) => !known.has(row.row));
    // Reviewed rows leave the filter, but not what there was to do.
    this.total = Math.max(this.total, page.total, this.given.size + this.rows.length + fresh.length);
    this.rows.push(...fresh);
    this.ended = page.items.length < PAGE;
    if (fresh.length === 0 && !this.ended) this.skipped += page.items.length;
  }
}
