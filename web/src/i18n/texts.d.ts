import type audit from './audit/en.json';
import type automation from './automation/en.json';
import type currencies from './currencies/en.json';
import type texts from './en.json';
import type entrance from './entrance/en.json';
import type fields from './fields/en.json';
import type handOver from './handOver/en.json';
import type itemTypes from './itemTypes/en.json';
import type lists from './lists/en.json';
import type mail from './mail/en.json';
import type mailDomains from './mailDomains/en.json';
import type phone from './phone/en.json';
import type pipelines from './pipelines/en.json';
import type planned from './planned/en.json';
import type quotas from './quotas/en.json';
import type rehearsal from './rehearsal/en.json';
import type rights from './rights/en.json';
import type tasks from './tasks/en.json';
import type workingTime from './workingTime/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof texts;
      audit: typeof audit;
      automation: typeof automation;
      currencies: typeof currencies;
      entrance: typeof entrance;
      fields: typeof fields;
      handOver: typeof handOver;
      itemTypes: typeof itemTypes;
      lists: typeof lists;
      mail: typeof mail;
      phone: typeof phone;
      mailDomains: typeof mailDomains;
      pipelines: typeof pipelines;
      planned: typeof planned;
      quotas: typeof quotas;
      rehearsal: typeof rehearsal;
      rights: typeof rights;
      tasks: typeof tasks;
      workingTime: typeof workingTime;
    };
  }
}
