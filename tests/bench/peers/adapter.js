// The peer benchmark's adapter over Outpost's own scripting calls: nothing here is faster than what any script of the
// page gets. Contract: window.__bench of the benchmark harness (open, importCsv, query, edit, bulkEdit, memory, wipe).
const quote = (text) => `'${String(text).replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const list = (texts) => `(${texts.map(quote).join(', ')})`;
const ROW = 'Row_Id__c, Name, Account.Name, Owner.Name, StageName, Amount, CloseDate';
const toRow = (r) => ({ id: r.Row_Id__c, name: r.Name, account_name: r.Account ? r.Account.Name : '', owner: r.Owner ? r.Owner.Name : '',
  stage: r.StageName, amount: r.Amount, close_date: r.CloseDate });

const must = async (promise) => {
  const answer = await promise;
  if (answer && answer.ok === false) throw new Error(JSON.stringify(answer.error));
  return answer;
};
const rowId = (object) => ({ command: 'DefineField', object, field: 'Row_Id__c', label: 'Row id', type: 'Text', length: 18, externalId: true, unique: true });

const months = [];
const monthText = (year, month) => (months[year * 12 + month] ??= `${year}-${month < 10 ? '0' : ''}${month}`);

const MAPS = {
  accounts: { object: 'Account', map: { id: 'Row_Id__c', name: 'Name', industry: 'Industry', city: 'BillingCity', website: 'Website', phone: 'Phone',
    owner: 'Owner.Name', employees: 'NumberOfEmployees', annual_revenue: 'AnnualRevenue', created_at: '' } },
  opportunities: { object: 'Opportunity', map: { id: 'Row_Id__c', name: 'Name', account_id: 'Account.Row_Id__c', owner: 'Owner.Name', stage: 'StageName',
    amount: 'Amount', probability: 'Probability', close_date: 'CloseDate', created_at: '', lead_source: 'LeadSource', next_step: 'NextStep',
    description: 'Description' } },
};

window.__bench = {
  info: { name: 'outpost', engine: 'C++ columns in wasm', storage: 'IndexedDB + OPFS journal' },
  async open() {
    while (!window.outpost) await new Promise((resolve) => setTimeout(resolve, 1));
    await window.outpost.ready;
    return { rows: (await must(window.outpost.query('SELECT COUNT() FROM Opportunity'))).totalSize };
  },
  async importCsv(table, file) {
    const { object, map } = MAPS[table];
    const known = await window.outpost.describe(object);
    if (!known.fields.some((field) => field.name === 'Row_Id__c')) await must(window.outpost.execute(rowId(object)));
    const answer = await must(window.outpost.importFile({ name: `${table}.csv`, bytes: await file.arrayBuffer(), object,
      options: { map, externalId: 'Row_Id__c', createMissing: true, dateOrder: 'ymd' } }));
    if (answer.failed) throw new Error(`${answer.failed} rows failed: ${answer.failures_csv.slice(0, 300)}`);
    return { rows: answer.created };
  },
  async query(name, p) {
    const query = window.outpost.query;
    if (name === 'count') return (await query('SELECT COUNT() FROM Opportunity')).totalSize;
    if (name === 'get') {
      const { records } = await query(`SELECT ${ROW} FROM Opportunity WHERE Row_Id__c = ${quote(p.id)}`);
      return records.length ? toRow(records[0]) : null;
    }
    if (name === 'report') {
      const { records } = await must(query('SELECT StageName, CALENDAR_YEAR(CloseDate) y, CALENDAR_MONTH(CloseDate) m, SUM(ExpectedRevenue) w, COUNT(Id) c '
        + 'FROM Opportunity GROUP BY StageName, CALENDAR_YEAR(CloseDate), CALENDAR_MONTH(CloseDate)'));
      return records.map((r) => [r.StageName, monthText(r.y, r.m), r.w, r.c]);
    }
    if (name === 'list') {
      const answer = await must(query(`SELECT ${ROW} FROM Opportunity WHERE Owner.Name = ${quote(p.owner)} AND StageName IN ${list(p.stages)} `
        + `AND Amount > ${p.minAmount} ORDER BY CloseDate DESC LIMIT ${p.limit}`));
      return { total: answer.totalMatched, rows: answer.records.map(toRow) };
    }
    if (name === 'search') {
      const like = quote(`%${p.term.replace(/[%_\\]/g, '\\$&')}%`);
      const answer = await must(query(`SELECT ${ROW} FROM Opportunity WHERE Name LIKE ${like} OR Account.Name LIKE ${like} OR NextStep LIKE ${like} `
        + `ORDER BY Amount DESC LIMIT ${p.limit}`));
      return { total: answer.totalMatched, rows: answer.records.map(toRow) };
    }
    throw new Error(`unknown query ${name}`);
  },
  async edit(id, patch) {
    await must(window.outpost.execute({ command: 'UpdateRecords', object: 'Opportunity', where: `Row_Id__c = ${quote(id)}`, fields: { StageName: patch.stage } }));
  },
  async bulkEdit({ owners, to }) {
    const answer = await must(window.outpost.execute({ command: 'UpdateRecords', object: 'Opportunity', where: `Owner.Name IN ${list(owners)}`,
      fields: { 'Owner.Name': to } }));
    return { count: answer.count };
  },
  memory: () => ({ wasm: window.outpost.memoryBytes ? window.outpost.memoryBytes() : 0 }),
  async wipe() { if (window.outpost.erase) await window.outpost.erase(); },
};
