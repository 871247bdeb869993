import { domainOf } from './addresses.ts';

const providers =
  /^(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|mail|proton|protonmail|wp|o2|onet|op|interia|poczta|libero|virgilio|alice|tiscali|uol|bol|terra|sapo|orange|free|laposte|t-online|freenet|yandex|zoho|fastmail)\.(com|net|org|de|at|ch|pl|fr|it|es|pt|br|co\.\w\w|com\.\w\w|eu|ru|me|info)$/;

/** Whether two addresses belong to one house: the same registered domain, unless that is one where everybody may have an address. */
export function isSameOrganisation(one: string, other: string): boolean {
  const house = registeredDomain(domainOf(one));
  return house === registeredDomain(domainOf(other)) && !providers.test(house);
}

function registeredDomain(domain: string): string {
  const labels = domain.split('.');
  const isPublicSecond =
    /^(co|com|org|net|gov|edu|ac|ltd|plc)$/.test(labels.at(-2) ?? '') && labels.at(-1)?.length === 2;
  return labels.slice(isPublicSecond ? -3 : -2).join('.');
}
