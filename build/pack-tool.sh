#!/usr/bin/env bash
# Packs the command for a platform, by default the one at hand, and the package without a platform that `dotnet tool install` begins with:
#   build/pack-tool.sh [RID...]      into artifacts/; the RIDs there are stand in Explain.Tool.csproj
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- "$(dotnet --info | awk '$1 == "RID:" { print $2 }' | sed 's/^\(debian\|ubuntu\|fedora\|rhel\)[^-]*/linux/; s/^alpine[^-]*/linux-musl/')"
for rid in "$@"; do
  dotnet pack Explain.Tool -c Release -r "$rid" -o artifacts -v quiet --nologo
done
# The platforms are packed above, one by one, as a build machine rarely has the compilers of all.
dotnet pack Explain.Tool -c Release -o artifacts -v quiet --nologo -p:CreateRidSpecificToolPackages=false
ls -l artifacts/*.nupkg
