#!/bin/bash
# systemd-in-namespaces.sh DIR: a systemd of the tests' own, the system manager in namespaces of its own. It ends with this
# process, after ten minutes at the latest, and with it all that it has started. In DIR:
#   units/    its unit files, and nothing else: those of the machine are not there
#   default/  what is in /etc/default, such as the environment files of the units
#   lib/      what is in /var/lib
#   apps      a line for each application: where it is to be, and the directory where it really is
#   java      the JVM that /usr/bin/java is to be; may be missing
set -eu
dir=$1

for group in /sys/fs/cgroup /sys/fs/cgroup/*; do
  if [ -w "$group/cgroup.procs" ] && mkdir "$group/proc-daemon-$$" 2> /dev/null; then
    echo $$ > "$group/proc-daemon-$$/cgroup.procs" 2> /dev/null || rmdir "$group/proc-daemon-$$"
  fi
done

for target in default basic sysinit multi-user network-online shutdown exit sockets timers paths; do
  printf '[Unit]\nDescription=%s\nDefaultDependencies=no\n' "$target" > "$dir/units/$target.target"
done

exec timeout -s KILL 600 unshare --mount --pid --fork --kill-child --uts --ipc --mount-proc bash -e -c '
  mount --make-rprivate /
  mount -t tmpfs tmpfs /run
  mkdir -p /run/systemd/system /run/test /run/apps
  mount --bind "$1" /run/test
  while read -r place real; do
    mkdir -p "/run/apps$place"
    mount --bind "$real" "/run/apps$place"
  done < /run/test/apps
  mkdir -p /opt /run/apps/opt
  mount --rbind /run/apps/opt /opt
  mount --bind /run/test/default /etc/default
  mount --bind /run/test/lib /var/lib
  mount -t tmpfs tmpfs /var/log
  mkdir -p /etc/systemd/system
  mount -t tmpfs tmpfs /etc/systemd/system
  if [ -e /run/test/java ]; then
    cp -a /etc/alternatives /run/alternatives
    ln -sf "$(cat /run/test/java)" /run/alternatives/java
    mount --bind /run/alternatives /etc/alternatives
  fi
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=test SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/test/units \
    /lib/systemd/systemd --system --unit=default.target --log-target=console --log-level=info --show-status=no
' systemd-in-namespaces "$dir"
