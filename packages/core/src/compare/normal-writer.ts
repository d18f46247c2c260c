import type { QuantityUnit } from '../resource/kind.ts';
import { fieldPlan, type NoisePlan } from '../resource/noise-plan.ts';
import type { ByteWriter } from '../text/byte-writer.ts';
import { defaultTexts, isEmptyText } from './fold.ts';
import { JsonTape } from './json-tape.ts';
import { quantityAt } from './quantity-memory.ts';
import { type Span, sortSpans } from './sort-spans.ts';
import { keyAt, orderOf } from './written-shape.ts';

const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
/** Of null. */
const letterN = 0x6e;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Writes the normal form of JSON texts: keys sorted, the noise of a plan taken out, as bytes. Every resource of every scan
 * comes through here, so it works on bytes from end to end: what is in order and without rules is copied in one piece.
 */
export class NormalWriter {
  /** Whether anything was left out for identifying an instance. */
  leftInstance = false;
  readonly #output: ByteWriter;
  readonly #tape = new JsonTape();
  #across = false;
  /** Nodes of the objects under way. */
  #nodes: Int32Array = new Int32Array(256);
  #top = 0;
  /** For documents within texts, which are written by the same rules. */
  #inner: NormalWriter | undefined;

  /** What it reads was written to the same place before. */
  constructor(output: ByteWriter) {
    this.#output = output;
  }

  /** Takes the JSON text that stands at `from`, as JSON.stringify wrote it. */
  read(from: number): void {
    this.#tape.read(this.#output.bytes, from);
  }

  /** Adds the normal form of what was read. `across`: without what identifies an instance. */
  write(plan: NoisePlan | null, across: boolean): void {
    this.#across = across;
    this.leftInstance = false;
    if (!this.#value(0, plan)) this.#output.text('{}');
  }

  /** False, with nothing written, where a rule leaves the value out. */
  #value(node: number, plan: NoisePlan | null): boolean {
    if (plan !== null && !plan.plain) return this.#ruled(node, plan);
    this.#structure(node, plan);
    return true;
  }

  #ruled(node: number, plan: NoisePlan): boolean {
    if (plan.computed) return false;
    if (plan.instance && this.#across) {
      this.leftInstance = true;
      return false;
    }
    const from = this.#output.length;
    if (plan.quantity) this.#quantity(node, plan, plan.quantity);
    else this.#structure(node, plan);
    if ((plan.empty && this.#isEmpty(from)) || (plan.defaults && this.#isDefault(node, plan, from))) {
      this.#output.length = from;
      return false;
    }
    return true;
  }

  #structure(node: number, plan: NoisePlan | null): void {
    const tape = this.#tape;
    const isPlain = plan === null && tape.inOrder[node] === 1;
    if (!isPlain && tape.isObject(node)) this.#object(node, plan);
    else if (!isPlain && tape.isList(node)) this.#list(node, plan);
    else this.#output.again(tape.starts[node] as number, tape.ends[node] as number);
  }

  #object(node: number, plan: NoisePlan | null): void {
    const output = this.#output;
    const shape = this.#tape.shapes[node];
    const from = this.#top;
    const count = this.#pushFields(node);
    const order = shape ? shape.order : orderOf(this.#keys(from, count));
    const plans = plan && shape?.plansUnder(plan);
    output.byte(openBrace);
    const first = output.length;
    for (let place = 0; place < count; place++) {
      const at = order ? (order[place] as number) : place;
      const field = this.#nodes[from + at] as number;
      const under = plans ? (plans[at] as NoisePlan | null) : plan && fieldPlan(plan, this.#key(field));
      const before = output.length;
      if (before > first) output.byte(comma);
      if (!this.#field(field, under)) output.length = before;
    }
    output.byte(closeBrace);
    this.#top = from;
  }

  #field(node: number, plan: NoisePlan | null): boolean {
    const { begins, starts, ends, inOrder } = this.#tape;
    if (plan === null && inOrder[node] === 1) {
      this.#output.again(begins[node] as number, ends[node] as number);
      return true;
    }
    this.#output.again(begins[node] as number, starts[node] as number);
    return this.#value(node, plan);
  }

  /** Puts the nodes of an object's fields on the stack and gives their number. */
  #pushFields(node: number): number {
    const { nexts } = this.#tape;
    const from = this.#top;
    const end = nexts[node] as number;
    for (let field = node + 1; field < end; field = nexts[field] as number) {
      if (this.#top === this.#nodes.length) {
        const longer = new Int32Array(2 * this.#top);
        longer.set(this.#nodes);
        this.#nodes = longer;
      }
      this.#nodes[this.#top++] = field;
    }
    return this.#top - from;
  }

  #keys(from: number, count: number): readonly string[] {
    return Array.from(this.#nodes.subarray(from, from + count), (node) => this.#key(node));
  }

  #key(node: number): string {
    const { begins, starts } = this.#tape;
    return keyAt(this.#output.bytes, begins[node] as number, (starts[node] as number) - 1);
  }

  #list(node: number, plan: NoisePlan | null): void {
    const output = this.#output;
    const { nexts } = this.#tape;
    const end = nexts[node] as number;
    output.byte(openBracket);
    const first = output.length;
    const spans: Span[] | undefined = plan?.unordered ? [] : undefined;
    for (let item = node + 1; item < end; item = nexts[item] as number) {
      const from = output.length;
      if (!this.#value(item, plan?.item ?? null)) continue;
      spans?.push([from, output.length]);
      output.byte(comma);
    }
    if (spans && spans.length > 1) sortSpans(output, first, spans);
    // The comma behind the last item becomes the bracket.
    if (output.length > first) output.length--;
    output.byte(closeBracket);
  }

  #quantity(node: number, plan: NoisePlan, unit: QuantityUnit): void {
    const tape = this.#tape;
    if (tape.isList(node) || tape.firsts[node] === letterN) this.#structure(node, plan);
    else if (unit === 'one-or-many') this.#listOfOne(node, plan);
    else if (tape.isObject(node)) this.#structure(node, plan);
    else this.#amount(unit, node, plan);
  }

  #listOfOne(node: number, plan: NoisePlan): void {
    this.#output.byte(openBracket);
    this.#value(node, plan.item);
    this.#output.byte(closeBracket);
  }

  #amount(unit: QuantityUnit, node: number, plan: NoisePlan): void {
    const { starts, ends } = this.#tape;
    const { bytes } = this.#output;
    const { normal, isDocument } = quantityAt(unit, bytes, starts[node] as number, ends[node] as number);
    if (isDocument) this.#document(normal, plan);
    else this.#output.few(normal, 0, normal.length);
  }

  /** A JSON document that stood in a text: the rules go on within. */
  #document(text: Uint8Array, plan: NoisePlan): void {
    const output = this.#output;
    this.#inner ??= new NormalWriter(output);
    const inner = this.#inner;
    inner.leftInstance = false;
    inner.#across = this.#across;
    const at = output.length;
    output.add(text);
    inner.read(at);
    const from = output.length;
    inner.#structure(0, plan);
    this.leftInstance ||= inner.leftInstance;
    output.moveBack(from, at);
  }

  #isEmpty(from: number): boolean {
    const count = this.#output.length - from;
    return (count === 2 || count === 4) && isEmptyText(this.#output.bytes.toString('latin1', from, from + count));
  }

  /** Whether the value, by its normal form or as read, equals a default. */
  #isDefault(node: number, plan: NoisePlan, from: number): boolean {
    const tape = this.#tape;
    const defaults = defaultTexts(plan);
    if (defaults.some((text) => this.#isWritten(text, from))) return true;
    if (!(tape.isObject(node) || tape.isList(node))) return false;
    const end = this.#output.length;
    this.#structure(node, null);
    const isOne = defaults.some((text) => this.#isWritten(text, end));
    this.#output.length = end;
    return isOne;
  }

  #isWritten(text: Uint8Array, from: number): boolean {
    const { bytes, length } = this.#output;
    if (length - from !== text.length) return false;
    for (let at = 0; at < text.length; at++) if (bytes[from + at] !== text[at]) return false;
    return true;
  }
}
