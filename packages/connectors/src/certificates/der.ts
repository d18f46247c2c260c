/** One element of a DER encoding: where its contents begin and end. */
export interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The elements between two offsets, read only as far as the lengths add up: what follows a broken length is left out.
 * Enough of X.690 for certificates that OpenSSL has parsed already; indefinite lengths are not DER and end the list.
 */
export function readElements(bytes: Uint8Array, start = 0, end = bytes.length): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = start; offset + 2 <= end; ) {
    const element = readElement(bytes, offset, end);
    if (!element) break;
    elements.push(element);
    offset = element.end;
  }
  return elements;
}

function readElement(bytes: Uint8Array, offset: number, end: number): DerElement | undefined {
  const first = bytes[offset + 1] ?? 0;
  const lengthBytes = first & 0x80 ? first & 0x7f : 0;
  if (first === 0x80 || lengthBytes > 4 || offset + 2 + lengthBytes > end) return undefined;
  let length = lengthBytes === 0 ? first : 0;
  for (let index = 0; index < lengthBytes; index++) length = length * 256 + (bytes[offset + 2 + index] ?? 0);
  const contents = offset + 2 + lengthBytes;
  if (contents + length > end) return undefined;
  return { tag: bytes[offset] ?? 0, start: contents, end: contents + length };
}

export function readChildren(bytes: Uint8Array, parent: DerElement | undefined): readonly DerElement[] {
  return parent ? readElements(bytes, parent.start, parent.end) : [];
}

/** An object identifier in dotted form, `2.5.29.15`. */
export function readObjectId(bytes: Uint8Array, element: DerElement): string {
  const arcs: number[] = [];
  let value = 0;
  for (const byte of bytes.subarray(element.start, element.end)) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(value / 40));
      arcs.push(root, value - root * 40);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

const tags = { bitString: 0x03, octetString: 0x04, objectId: 0x06, extensions: 0xa3 };

/** The signature algorithm's identifier of an X.509 certificate in DER, in dotted form (RFC 5280, 4.1.1.2). */
export function readSignatureAlgorithm(certificate: Uint8Array): string | undefined {
  const [, algorithm] = readChildren(certificate, readElements(certificate)[0]);
  const [identifier] = readChildren(certificate, algorithm);
  return identifier?.tag === tags.objectId ? readObjectId(certificate, identifier) : undefined;
}

/** Bits of the key-usage extension, in the order of RFC 5280, 4.2.1.3; undefined when the certificate has none. */
export function readKeyUsage(certificate: Uint8Array): readonly string[] | undefined {
  const contents = readExtension(certificate, '2.5.29.15');
  const bits = contents && readElements(certificate, contents.start, contents.end)[0];
  if (bits?.tag !== tags.bitString) return undefined;
  const octets = certificate.subarray(bits.start + 1, bits.end);
  return keyUsages.filter((_, bit) => ((octets[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
}

const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

function readExtension(certificate: Uint8Array, wanted: string): DerElement | undefined {
  const [body] = readChildren(certificate, readElements(certificate)[0]);
  const wrapper = readChildren(certificate, body).find((element) => element.tag === tags.extensions);
  const [list] = readChildren(certificate, wrapper);
  for (const extension of readChildren(certificate, list)) {
    const fields = readChildren(certificate, extension);
    const [identifier] = fields;
    if (identifier && readObjectId(certificate, identifier) === wanted) {
      return fields.find((field) => field.tag === tags.octetString);
    }
  }
  return undefined;
}
