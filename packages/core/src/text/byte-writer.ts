/** Up to this many bytes a loop copies faster than the system. */
const shortSpan = 24;

/**
 * Bytes written one after the other. What was written can be copied again to the end, and the end taken back: within one
 * buffer that costs a fraction of copying from one to another, so that texts are read from where they are written.
 */
export class ByteWriter {
  /** Replaced by a larger one as needed, with all that was written in it. */
  bytes: Buffer = Buffer.allocUnsafeSlow(16 * 1024);
  length = 0;

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * wanted);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** A number of 32 bits, the lowest first. */
  number(value: number): void {
    this.reserve(4);
    this.length = this.bytes.writeInt32LE(value, this.length);
  }

  /** A text in UTF-8. */
  text(text: string): void {
    // No UTF-16 code unit takes more than three bytes.
    this.reserve(3 * text.length);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** A text of one character a byte. */
  latin1(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  /** Bytes from elsewhere. */
  add(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  /** A few bytes from elsewhere, from `from` to before `to`. */
  few(source: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    const { bytes } = this;
    let end = this.length;
    for (let at = from; at < to; at++) bytes[end++] = source[at] as number;
    this.length = end;
  }

  /** Once more the bytes that stand from `from` to before `to`. */
  again(from: number, to: number): void {
    const count = to - from;
    if (count > shortSpan) {
      this.reserve(count);
      this.bytes.copyWithin(this.length, from, to);
      this.length += count;
    } else this.few(this.bytes, from, to);
  }

  /** Puts what was written from `from` on in the place of what was written between `to` and there. */
  moveBack(from: number, to: number): void {
    this.bytes.copyWithin(to, from, this.length);
    this.length -= from - to;
  }

  /** What stands from `from` to before `to` (the end), in place: valid until more is written. */
  part(from: number, to: number = this.length): Buffer {
    return this.bytes.subarray(from, to);
  }
}
