#!/usr/bin/env bash
# Puts the latest release of one version of PowerShell first in the path of the steps that follow:  install-powershell.sh 7.4
#
# It is the archive that users install, with the .NET of its own. As a .NET tool PowerShell would run on that of the machine, could not
# start jobs on every processor, and a version that is not served would quietly become the next one.
set -euo pipefail
version=$1
folder="$RUNNER_TEMP/pwsh-$version"
case "$RUNNER_OS-$RUNNER_ARCH" in
  Linux-X64) asset='*-linux-x64.tar.gz' ;;
  Linux-ARM64) asset='*-linux-arm64.tar.gz' ;;
  macOS-X64) asset='*-osx-x64.tar.gz' ;;
  macOS-ARM64) asset='*-osx-arm64.tar.gz' ;;
  Windows-X64) asset='*-win-x64.zip' ;;
  Windows-ARM64) asset='*-win-arm64.zip' ;;
  *) echo "There is no archive of PowerShell for $RUNNER_OS on $RUNNER_ARCH." >&2; exit 1 ;;
esac

tag=$(gh release list --repo PowerShell/PowerShell --exclude-drafts --exclude-pre-releases --limit 200 --json tagName --jq "[.[].tagName | select(startswith(\"v$version.\"))][0] // empty")
if [ -z "$tag" ]; then echo "PowerShell $version has no release." >&2; exit 1; fi
echo "PowerShell $tag"
mkdir -p "$folder/app"
gh release download "$tag" --repo PowerShell/PowerShell --pattern "$asset" --dir "$folder"
if [ "$RUNNER_OS" = Windows ]; then
  unzip -q "$folder"/*.zip -d "$folder/app"
else
  tar -xzf "$folder"/*.tar.gz -C "$folder/app"
  chmod +x "$folder/app/pwsh"
fi

echo "$folder/app" >> "$GITHUB_PATH"
