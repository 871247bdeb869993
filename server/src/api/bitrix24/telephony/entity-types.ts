const types: Readonly<Record<string, 'lead' | 'deal' | 'contact' | 'company'>> = {
  LEAD: 'lead',
  DEAL: 'deal',
  CONTACT: 'contact',
  COMPANY: 'company',
};

export const typeOfEntity = (name: string | undefined) => types[(name ?? '').toUpperCase()];

export const isItemType = (type: string) => type === 'lead' || type === 'deal';
