/** The little of MySQL's protocol that a server of recorded answers needs: https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html */

const utf8mb4 = 45;
const varString = 253;

/** What a server greets with: protocol 10, a salt, everything offered but compression, TLS and EOF's replacement. */
export function greeting(version: string): Buffer {
  return Buffer.concat([
    Buffer.from([10]),
    Buffer.from(`${version}\0`),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('abcdefgh\0'),
    Buffer.from([0xdf, 0xf7, utf8mb4, 2, 0, 0xff, 0x80, 21]),
    Buffer.alloc(10),
    Buffer.from('abcdefghijkl\0mysql_native_password\0'),
  ]);
}

export const okay: Buffer = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const end = Buffer.from([0xfe, 0, 0, 2, 0]);

export function refusal(number: number): Buffer {
  return Buffer.concat([Buffer.from([0xff, number & 0xff, number >> 8]), Buffer.from('#HY000refused')]);
}

/** Columns and rows of a result, one packet each. */
export function resultOf(columns: readonly string[], rows: readonly (readonly (string | null)[])[]): readonly Buffer[] {
  return [lengthOf(columns.length), ...columns.map(columnOf), end, ...rows.map(rowOf), end];
}

/** Packets with their headers, numbered from `sequence` on. */
export function framed(packets: readonly Uint8Array[], sequence: number): Buffer {
  return Buffer.concat(
    packets.flatMap((body, index) => {
      const { length } = body;
      return [Buffer.from([length & 0xff, (length >> 8) & 0xff, length >> 16, (sequence + index) & 0xff]), body];
    }),
  );
}

function columnOf(name: string): Buffer {
  const texts = ['def', '', '', '', name, name].map(textOf);
  return Buffer.concat([...texts, Buffer.from([12, utf8mb4, 0, 0, 4, 0, 0, varString, 0, 0, 0, 0, 0])]);
}

function rowOf(cells: readonly (string | null)[]): Buffer {
  return Buffer.concat(cells.map((cell) => (cell === null ? Buffer.from([0xfb]) : textOf(cell))));
}

function textOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([lengthOf(bytes.length), bytes]);
}

function lengthOf(length: number): Buffer {
  if (length < 251) return Buffer.from([length]);
  return Buffer.from([0xfd, length & 0xff, (length >> 8) & 0xff, length >> 16]);
}
