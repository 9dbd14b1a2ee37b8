#!/usr/bin/env bash
# Writes the public surface of Explain.Core and Explain.Render anew, into their PublicAPI.Unshipped.txt, from the sources as they are.
# The build fails where the two differ (RS0016, RS0017): run this when the change is meant, and commit what it wrote.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

for project in Explain.Core Explain.Render; do
  file=$project/PublicAPI.Unshipped.txt
  before=$(mktemp)
  cp "$file" "$before" 2>/dev/null || true
  # From nothing, so that what is gone from the sources, and what a merge left behind, is gone here too.
  printf '#nullable enable\n' >"$file"
  dotnet format analyzers "$project/$project.csproj" --diagnostics RS0016 --severity warn --verbosity quiet
  if [ "$(wc -l <"$file")" -lt 2 ]; then
    cp "$before" "$file"
    rm -f "$before"
    echo "$project: nothing was written; does it compile?" >&2
    exit 1
  fi
  echo "$file: $(wc -l <"$file") lines, $(diff "$before" "$file" | grep -c '^[<>]' || true) differ from before"
  rm -f "$before"
done
