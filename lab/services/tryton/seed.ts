import type { Erp, Rpc } from './rpc.ts';

const decimal = (text: string) => ({ __class__: 'Decimal', decimal: text });

const companies = [
  {
    name: 'Noordzee Distributie BV',
    timezone: 'Europe/Amsterdam',
    tax: 'BTW 21%',
    rate: '0.21',
    rounding: 'document',
    prefix: 'NL-',
  },
  {
    name: 'Noordzee Logistik GmbH',
    timezone: 'Europe/Berlin',
    tax: 'USt 19%',
    rate: '0.19',
    rounding: 'line',
    prefix: 'DE-',
  },
];

/** Two trading companies with a chart of accounts, taxes, sequences and a warehouse; a reader of everything, a writer of nothing. */
export async function seed(erp: Erp, passwords: { readonly reader: string }): Promise<void> {
  const { rpc } = erp;
  if (((await rpc('company.company', 'search', [], 0, 1, null)) as number[]).length > 0) return;
  const currency = await first(rpc, 'currency.currency', {
    name: 'Euro',
    code: 'EUR',
    symbol: '€',
    numeric_code: '978',
    digits: 2,
  });
  const [admin] = (await rpc('res.user', 'search', [['login', '=', 'admin']], 0, 1, null)) as number[];
  const made: number[] = [];
  for (const { name, timezone } of companies) {
    const party = await first(rpc, 'party.party', { name });
    made.push(await first(rpc, 'company.company', { party, currency, timezone }));
    await rpc('res.user', 'write', [admin], { companies: [['add', made]], company: made[0], company_filter: 'all' });
  }
  for (const [index, given] of companies.entries()) {
    const company = made[index] ?? 0;
    await rpc('res.user', 'write', [admin], { company });
    await seedCompany(erp, company, given);
  }
  await rpc('sale.configuration', 'write', [1], { sale_invoice_method: 'shipment', sale_shipment_method: 'order' });
  const [storage] = (await rpc('stock.location', 'search', [['code', '=', 'STO']], 0, 1, null)) as number[];
  for (const code of ['A', 'B'])
    await first(rpc, 'stock.location', { name: `Aisle ${code}`, code, type: 'storage', parent: storage });
  const days = [['create', [{ days: 30 }]]];
  const lines = [['create', [{ type: 'remainder', relativedeltas: days }]]];
  await first(rpc, 'account.invoice.payment_term', { name: '30 days', lines });
  const group = await first(rpc, 'res.group', { name: 'Leeway readers' });
  await first(rpc, 'res.user', {
    name: 'Leeway',
    login: 'leeway.reader',
    password: passwords.reader,
    groups: [['add', [group]]],
    companies: [['add', made]],
    company: made[0],
    company_filter: 'all',
  });
}

async function seedCompany(erp: Erp, company: number, given: (typeof companies)[number]): Promise<void> {
  const rpc = erp.as(company);
  await createChart(erp, rpc, company);
  const account = await find(rpc, 'account.account', [
    ['name', 'like', '%Tax%'],
    ['company', '=', company],
  ]);
  await first(rpc, 'account.tax', {
    name: given.tax,
    description: given.tax,
    company,
    type: 'percentage',
    rate: decimal(given.rate),
    invoice_account: account,
    credit_note_account: account,
  });
  await rpc('account.configuration', 'write', [1], { tax_rounding: given.rounding });
  const type = await find(rpc, 'ir.sequence.type', [['name', '=', 'Sale']]);
  const sequence = { name: 'Sales', sequence_type: type, prefix: given.prefix, padding: 5, company };
  await rpc('sale.configuration', 'write', [1], { sale_sequence: await first(rpc, 'ir.sequence', sequence) });
}

/** As the wizard of the client does it. */
async function createChart({ wizard }: Erp, rpc: Rpc, company: number): Promise<void> {
  const template = await find(rpc, 'account.account.template', [['parent', '=', null]]);
  const [session] = (await wizard('account.create_chart', 'create')) as [number];
  const account = { company, account_template: template };
  await wizard('account.create_chart', 'execute', session, { account }, 'create_account');
  const ofType = (type: string) =>
    find(rpc, 'account.account', [
      [`type.${type}`, '=', true],
      ['company', '=', company],
    ]);
  const properties = {
    company,
    account_receivable: await ofType('receivable'),
    account_payable: await ofType('payable'),
  };
  await wizard('account.create_chart', 'execute', session, { account, properties }, 'create_properties');
}

export async function find(rpc: Rpc, model: string, domain: readonly unknown[]): Promise<number> {
  const [id] = (await rpc(model, 'search', domain, 0, 1, null)) as number[];
  if (id === undefined) throw new Error(`No ${model} with ${JSON.stringify(domain)}`);
  return id;
}

export async function first(rpc: Rpc, model: string, values: object): Promise<number> {
  const [id] = (await rpc(model, 'create', [values])) as number[];
  if (id === undefined) throw new Error(`No ${model} was made`);
  return id;
}
