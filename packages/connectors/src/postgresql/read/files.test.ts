import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../../connector-kit/src/testing/memory-files.ts';
import { orderFiles, readScripts } from './files.ts';

describe('orderFiles', () => {
  it.each([
    ['Flyway', ['V1__a.sql', 'V2__b.sql', 'V2.1__c.sql', 'V10__d.sql', 'R__a_view.sql', 'R__z.sql']],
    ['Flyway with a baseline', ['B5__base.sql', 'V6__next.sql', 'R__view.sql']],
    ['numbers', ['1_a.sql', '2_b.sql', '10_c.sql']],
    [
      'time stamps',
      ['20240101120000_a.sql', '20240102_b.sql', '20250101000000_c.sql'].sort(
        (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
      ),
    ],
    ['Prisma', ['m/20240101_init/migration.sql', 'm/20240201_more/migration.sql']],
    ['up files', ['001_a.up.sql', '002_b.up.sql']],
  ])('%s', (_, expected) => {
    expect(orderFiles([...expected].reverse())).toEqual(expected);
  });

  it('leaves out what undoes a migration', () => {
    expect(
      orderFiles([
        '1_a.down.sql',
        '1_a.up.sql',
        'm/1/down.sql',
        'm/1/up.sql',
        'U1__undo.sql',
        'V1__a.sql',
        'V1__a.undo.sql',
      ]),
    ).toEqual(['1_a.up.sql', 'V1__a.sql', 'm/1/up.sql']);
  });

  it('starts at the newest baseline', () => {
    expect(orderFiles(['V1__a.sql', 'V2__b.sql', 'B2__base.sql', 'V3__c.sql'])).toEqual(['B2__base.sql', 'V3__c.sql']);
  });

  it('does not depend on the order given', () => {
    const name = fc
      .tuple(
        fc.constantFrom('V', 'R', '', 'db/'),
        fc.stringMatching(/^[\d._]{0,6}$/),
        fc.stringMatching(/^[a-z]{1,3}$/),
      )
      .map(([a, b, c]) => `${a}${b}__${c}.sql`);
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.infiniteStream(fc.nat()), (names, random) => {
        const shuffled = names.map((text) => [random.next().value ?? 0, text] as const).sort((a, b) => a[0] - b[0]);
        expect(orderFiles(shuffled.map(([, text]) => text))).toEqual(orderFiles(names));
      }),
    );
  });
});

describe('readScripts', () => {
  it('takes patterns in their order and each file once', async () => {
    const files = memoryFiles({ 'b/1.sql': '', 'a/2.sql': '', 'a/1.sql': '' });
    expect((await readScripts(files, ['b/*.sql', '**/*.sql'])).map(({ file }) => file)).toEqual([
      'b/1.sql',
      'a/1.sql',
      'a/2.sql',
    ]);
  });

  it('blanks down sections and fills placeholders without moving lines', async () => {
    const files = memoryFiles({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder as Flyway writes it.
      'a.sql': '-- +goose Up\ncreate table ${table}(a int);\n-- +goose Down\ndrop table t;\n',
      'b.sql': '-- migrate:down\ndrop table u;\n-- migrate:up\ncreate table u();',
    });
    expect(await readScripts(files, ['*.sql'], { table: 't' })).toMatchObject([
      { file: 'a.sql', text: '-- +goose Up\ncreate table t(a int);\n\n\n' },
      { file: 'b.sql', text: '\n\n-- migrate:up\ncreate table u();' },
    ]);
  });
});
