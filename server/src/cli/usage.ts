/** The command line was not understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Usage: npx signalbox <verb>

  automation export <type> <pipeline> [--out FILE]           the board as YAML
  automation check <file>…                                   what is wrong with it, with line and column
  automation apply <file>… [--dry-run] [--move-to STAGE] [--cancel-runs] [--if-version N]
  automation rehearse <type> <pipeline> [--file FILE] [--days 7|30|90] [--json]   what it would have done; writes nothing
  workspace create --name NAME [--currency EUR] [--time-zone Europe/Warsaw] [--language pl]
  user create --email ADDRESS --workspace WORKSPACE [--name NAME] [--role admin|employee] [--password-stdin]
  user reset-link --email ADDRESS                            a link for a new password, good once for an hour
  user take-factors --email ADDRESS [--workspace WORKSPACE]  second factors of who has lost them; they are told
  key create --user ADDRESS [--workspace WORKSPACE] [--kind api|webhook] [--name NAME]
  import csv <file> --type TYPE --run-rules|--no-rules [--pipeline NAME]
    TYPE is lead, deal, quote, invoice, contact, company or the code of a smart process
    [--map "Column=field"]… [--stage "Text=CODE"]… [--only-mapped] [--duplicates skip|update|make] [--bad-cells refuse|empty]
    [--empty keep|clear] [--lists add|replace]              of rows that update: what an empty cell does, and e-mails, phones and lists
    [--unknown-owners note|field|leave] [--owner-field CODE] where the names of owners go who are not here
    [--locale en-US] [--read "Column=dmy|mdy|ymd|.|,"]…      how dates and numbers are written where the column does not tell
    [--bad-rows FILE] [--user ADDRESS] [--delimiter ,]      columns and stages not named are guessed (docs/import.md)
  quota list [--workspace WORKSPACE]                         what a workspace may have (docs/operations.md)
  quota set items=100k|items=default… [--workspace WORKSPACE]  for that workspace alone
  secrets rotate                                             a new key for passwords of channels and secrets of apps; prints how many
  domain claim <domain> [--workspace WORKSPACE]              mail of the domain, and of those below it, is this workspace's alone
  domain release <domain>                                    it is nobody's again
  domain list                                                which domains are claimed, by whom and how
  audit prune                                                deletes what is older than AUDIT_DAYS from the audit log

WORKSPACE is an id or a name; it may be left out when there is only one. Works on the running server's database, else starts
the embedded one for as long as it is needed (DATA_DIR, DATABASE_URL as for the server).
Exit codes: 0 done, 1 refused or not possible, 2 not understood.
`;
