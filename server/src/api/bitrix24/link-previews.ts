import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import type { FastifyRequest } from 'fastify';
import strings from './link-previews.strings.json' with { type: 'json' };

// Messengers, social networks, mail and chat servers that fetch an address which somebody has sent, to show what it is. None of the
// programs that call such addresses on purpose (curl, PBX, CRM clients, libraries) goes by one of these names.
const previewers =
  /Slackbot|Slack-ImgProxy|facebookexternal|facebookcatalog|Facebot|meta-external|Twitterbot|LinkedInBot|WhatsApp\/|TelegramBot|Discordbot|SkypeUriPreview|SkypeSpaces|BingPreview|Teams\/.*Preview|Google-PageRenderer|GoogleMessages|Google-InspectionTool|Google-Read-Aloud|Google-Safety|Google Favicon|GoogleImageProxy|APIs-Google|Mediapartners-Google|vkShare|OdklBot|Viber|LinePreview|Line\/.*Preview|kakaotalk-scrap|DingTalkBot-LinkService|LarkUrl|redditbot|Embedly|Iframely|Pinterestbot|Pinterest\/|Tumblr\/|BitlyBot|Cardyb|SummalyBot|NotionEmbedder|WebsiteMetadataRetriever|WebexTeams|Mattermost-Bot|Rocket\.Chat|ZulipURLPreview|Synapse|matrix-preview|Signal-Android-Preview|XING-contenttabreceiver|Zoom\.Link|Barracuda Sentinel|Mastodon\/|(link|url|uri|page|microsoft)[- ]?preview/i;

// Search engines and other crawlers, as all of them call themselves: `Mozilla/5.0 (compatible; Somebot/2.0; …)`.
const crawlers = /\(compatible;[^)]*(bot|spider|crawler)\b/i;

/** Whether somebody only looks at what is there: by its name, or because it says that it fetches in advance. */
export function isPreview({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const said = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => String(headers[name] ?? ''));
  return isLooking(headers['user-agent'] ?? '') || said.some((purpose) => /prefetch|prerender|preview/i.test(purpose));
}

const isLooking = (agent: string) => previewers.test(agent) || crawlers.test(agent);

/** What they get: what the address is for, and nothing done. */
export function previewPage({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const language = parseLanguage(headers['accept-language'] ?? 'en');
  const spoken: Spoken<{ readonly title: string; readonly text: string }> = strings;
  const { title, text } = spoken[language];
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><meta name="robots" content="noindex"></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
}
