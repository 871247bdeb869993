import { parseLanguage, type Spoken } from '@signalbox/automation/kit/words/languages.ts';
import type { FastifyRequest } from 'fastify';
import strings from './link-previews.strings.json' with { type: 'json' };

// Messengers, social networks, mail and chat servers that fetch an address which somebody has sent, to show what it is. None of the
// programs that call such addresses on purpose (curl, PBX, CRM clients, libraries) goes by one of these names.
const previewers =
  /Slackbot-LinkExpanding|Slack-ImgProxy|facebookexternalhit|facebookcatalog|meta-externalfetcher|Twitterbot|LinkedInBot|WhatsApp\/|TelegramBot|Discordbot|SkypeUriPreview|MicrosoftPreview|BingPreview|Teams\/.*Preview|Google-PageRenderer|GoogleMessages|Google-InspectionTool|vkShare|Viber|LinePreview|Line\/.*Preview|redditbot|Embedly|Iframely|Pinterestbot|Pinterest\/|Tumblr\/|Mattermost-Bot|Rocket\.Chat|ZulipURLPreview|Synapse|matrix-preview|Signal-Android-Preview|XING-contenttabreceiver|Bitrix link preview|OutlookLinkPreview|Zoom\.Link|Yahoo Link Preview|HubSpot.*Link Preview|Snap URL Preview|Mastodon\/|Nextcloud Link Preview|link-?preview|url-?preview/i;

/** Whether somebody only looks at what is there: by its name, or because it says that it fetches in advance. */
export function isPreview({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const said = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => String(headers[name] ?? ''));
  return (
    previewers.test(headers['user-agent'] ?? '') || said.some((purpose) => /prefetch|prerender|preview/i.test(purpose))
  );
}

/** What they get: what the address is for, and nothing done. */
export function previewPage({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const language = parseLanguage(headers['accept-language'] ?? 'en');
  const spoken: Spoken<{ readonly title: string; readonly text: string }> = strings;
  const { title, text } = spoken[language];
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><meta name="robots" content="noindex"></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
}
