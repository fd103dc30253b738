#include "core/workspace/backup.h"

#include <algorithm>

#include "core/base/store_start.h"
#include "core/store/snapshot.h"

namespace outpost {

Bytes make_backup(Workspace& workspace) {
    const Editor& editor = workspace.editor();
    const SnapshotHead head{workspace.applied_sequence(), editor.last_stamp(), editor.context().id_salt};
    return write_snapshot_bytes(workspace.records(), head, workspace.database().damaged());
}

// The backup's records become the first of a new store, as after erasing: they replace everything in one step or not at all,
// and nothing counts of what a copy that is out of reach just now holds. The device draws a new salt: two that restored the same backup must not give out the same ids.
void restore_backup(Storage& storage, Sequence newest, ByteView backup, std::function<void(Result<Sequence>)> done) {
    MemorySource source(backup);
    auto content = read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8);
    if (!content) return done(std::unexpected(std::move(content).error()));
    const Sequence sequence = store_start(std::max({content->head.sequence, newest, storage.durable_sequence()})) + store_step + 1;
    const Bytes bytes = write_snapshot_bytes(content->records, {sequence, content->head.stamp, 0}, content->kept);
    storage.begin_snapshot(sequence, EarlierEntries::AreDropped);
    storage.write_snapshot(bytes);
    storage.commit_snapshot([sequence, done = std::move(done)](Status committed) {
        if (!committed) return done(std::unexpected(std::move(committed).error()));
        done(sequence);
    });
}

}  // namespace outpost
