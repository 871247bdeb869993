import { describe, expect, it } from 'vitest';
import { isPreview, previewPage } from './link-previews.ts';

const of = (agent: string, more: Readonly<Record<string, string>> = {}) => ({
  headers: { 'user-agent': agent, ...more },
});

describe('who only looks at an address', () => {
  it.each([
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'WhatsApp/2.23.20.0 A',
    'TelegramBot (like TwitterBot)',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
    'Twitterbot/1.0',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    'Mattermost-Bot/1.1',
    'Slackbot 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko; Microsoft Preview) SkypeSpaces/1.0a$*+',
    'kakaotalk-scrap/1.0; +https://devtalk.kakao.com',
    'Bluesky Cardyb/1.1; +mailto:support@bsky.app',
    'Quora Link Preview/1.0',
    'Skype URI Preview',
    'Asana/1.4.0 WebsiteMetadataRetriever',
    'LarkUrl/2.0',
    'Barracuda Sentinel (EE)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (Linux; Android 6) AppleWebKit/537.36 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'Mozilla/5.0 (compatible; Linespider/1.1; +https://lin.ee/4dwXkTH)',
  ])('%s', (agent) => expect(isPreview(of(agent))).toBe(true));

  it.each(['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'])('a browser that fetches in advance: %s', (name) => {
    expect(isPreview(of('Mozilla/5.0 Chrome/120', { [name.toLowerCase()]: 'prefetch;prerender' }))).toBe(true);
  });

  it.each([
    'curl/8.5.0',
    'python-requests/2.31',
    'Bitrix24 PBX/1.0',
    'axios/1.6',
    'Mozilla/5.0 (X11; Linux) Firefox/120',
    'okhttp/4.9',
    'python-telegram-bot/20.0',
    'OurSalesBot/1.0',
    'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)',
    'Zapier',
    'Make/production',
    'n8n',
    'Google-Apps-Script',
    '',
  ])('not %j', (agent) => expect(isPreview(of(agent))).toBe(false));

  it('gets a page in its language', () => {
    expect(previewPage(of('x', { 'accept-language': 'pl-PL,pl' }))).toContain('<html lang="pl">');
    expect(previewPage(of('x'))).toContain('Looking at it has done nothing');
  });
});
