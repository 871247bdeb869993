import { parseArgs } from 'node:util';
import { tableOf } from './report.ts';
import { runBench } from './run-bench.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '100000' },
    'http-items': { type: 'string', default: '8000' },
    'list-items': { type: 'string', default: '1000000' },
    backlog: { type: 'string', default: '200000' },
    'phone-seconds': { type: 'string', default: '30' },
    only: { type: 'string', default: 'a,b,c,d,e,f,g,h,i,j,k,l,m,n' },
  },
});

const figures = await runBench({
  items: Number(values.items),
  httpItems: Number(values['http-items']),
  listItems: Number(values['list-items']),
  backlog: Number(values.backlog),
  phoneSeconds: Number(values['phone-seconds']),
  only: values.only.split(',').map((part) => part.trim()),
  say: (text) => process.stderr.write(`${text}\n`),
});
process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : tableOf(figures));
