# Runs a RabbitMQ of its own: obeys one word a line, and ends with its input.
# Arguments: the scripts of RabbitMQ, a directory, the port for clients, that of the node, that of epmd, and more
# lines of configuration.
set -u
scripts=$1 directory=$2
export RABBITMQ_NODENAME="sfsf$3@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$3
export RABBITMQ_DIST_PORT=$4 ERL_EPMD_PORT=$5 ERL_EPMD_ADDRESS=127.0.0.1 HOME=$directory/home
export RABBITMQ_MNESIA_BASE=$directory/mnesia RABBITMQ_LOG_BASE=$directory/log
export RABBITMQ_ENABLED_PLUGINS_FILE=$directory/enabled_plugins RABBITMQ_CONFIG_FILE=$directory/rabbitmq.conf
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}'
mkdir -p "$directory/home" "$directory/mnesia" "$directory/log"
echo '[rabbitmq_consistent_hash_exchange].' > "$RABBITMQ_ENABLED_PLUGINS_FILE"
printf 'listeners.tcp.default = 127.0.0.1:%s\nlog.console = true\nlog.console.level = warning\ndisk_free_limit.absolute = 50MB\n%s\n' \
  "$3" "$6" > "$RABBITMQ_CONFIG_FILE"

start() { setsid "$scripts/rabbitmq-server" >> "$directory/out.log" 2>&1 & server=$!; }
control() { "$scripts/rabbitmqctl" "$@" >> "$directory/out.log" 2>&1; }
stop() { kill "-$1" -- "-$server" 2> /dev/null; wait "$server" 2> /dev/null; }

start
set -f
while read -r word rest; do
  case $word in
    stop) stop TERM ;;
    start) start ;;
    alarm) control set_disk_free_limit 90000GB || word=failed ;;
    # A user whose password is its name, and what it may configure, write and read.
    permit)
      set -- $rest
      control add_user "$1" "$1"
      control set_permissions "$@" || word=failed ;;
    calm) control set_disk_free_limit 50MB || word=failed ;;
  esac
  echo "$word"
done
stop KILL
# The register of nodes ends when it has noticed that its node has.
for _ in 1 2 3 4 5 6 7 8 9 10; do
  epmd -kill 2>&1 | grep -q Killed && break
  sleep 0.2
done
exit 0
