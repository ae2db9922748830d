# A real object storage for tests: OpenStack Swift with its S3 interface, all four servers in one process.
# Usage: /usr/bin/python3 object-storage.py FOLDER PORT KEY SECRET. Prints "ready" once it answers; ends with its input.
import os
import sys

import eventlet
import eventlet.wsgi

eventlet.patcher.monkey_patch(all=False, socket=True, select=True, thread=True, time=True)

folder, port, key, secret = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


def path(*parts):
    return os.path.join(folder, *parts)


def write(name, text):
    with open(path(name), "w") as out:
        out.write(text)


os.makedirs(path("disks", "d1"), exist_ok=True)
os.makedirs(path("run"), exist_ok=True)
write("swift.conf", "[swift-hash]\nswift_hash_path_suffix = preau\n[storage-policy:0]\nname = one\ndefault = yes\n")

import swift.common.utils as utils

utils.SWIFT_CONF_FILE = path("swift.conf")
utils.validate_configuration()

from swift.common.ring import RingBuilder
from swift.common.storage_policy import reload_storage_policies
from swift.common.wsgi import loadapp

reload_storage_policies()

sockets = {name: eventlet.listen(("127.0.0.1", 0)) for name in ("account", "container", "object")}
for name, socket in sockets.items():
    ring = RingBuilder(4, 1, 0)
    device = {"id": 0, "region": 1, "zone": 1, "ip": "127.0.0.1", "port": socket.getsockname()[1]}
    device.update({"replication_ip": device["ip"], "replication_port": device["port"]})
    device.update({"device": "d1", "weight": 1.0, "meta": ""})
    ring.add_dev(device)
    ring.rebalance()
    ring.get_ring().save(path(name + ".ring.gz"))

common = f"swift_dir = {folder}\ndevices = {path('disks')}\nmount_check = false\nlog_level = ERROR\n"
for name in sockets:
    write(
        name + ".conf",
        f"[DEFAULT]\n{common}[pipeline:main]\npipeline = {name}-server\n"
        f"[app:{name}-server]\nuse = egg:swift#{name}\n",
    )
write(
    "proxy.conf",
    f"""[DEFAULT]
{common}
[pipeline:main]
pipeline = catch_errors gatekeeper s3api tempauth bulk slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:s3api]
use = egg:swift#s3api
location = test-region
max_bucket_listing = 5
[filter:tempauth]
use = egg:swift#tempauth
user_{key.replace(":", "_")} = {secret} .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
""",
)


class Silent:
    def write(self, *_):
        pass

    def flush(self):
        pass


class Cache:
    """What memcached would be to them; in this process, and forgetting nothing."""

    def __init__(self):
        self.kept = {}

    def get(self, key, **_):
        return self.kept.get(key)

    def set(self, key, value, **_):
        self.kept[key] = value

    def delete(self, key, **_):
        self.kept.pop(key, None)

    def incr(self, key, delta=1, **_):
        self.kept[key] = self.kept.get(key, 0) + delta
        return self.kept[key]

    def set_multi(self, mapping, *_, **__):
        self.kept.update(mapping)

    def get_multi(self, keys, *_, **__):
        return [self.kept.get(key) for key in keys]


cache = Cache()


def serve(socket, name):
    app = loadapp(path(name + ".conf"))

    def answer(env, start):
        env["swift.cache"] = cache
        return app(env, start)

    eventlet.spawn(eventlet.wsgi.server, socket, answer, log=Silent(), debug=False)


for name, socket in sockets.items():
    serve(socket, name)
serve(eventlet.listen(("127.0.0.1", port)), "proxy")
print("ready", flush=True)
eventlet.tpool.execute(sys.stdin.read)
os._exit(0)
