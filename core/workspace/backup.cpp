#include "core/workspace/backup.h"

#include "core/store/snapshot.h"

namespace outpost {

Bytes make_backup(Workspace& workspace) {
    const Editor& editor = workspace.editor();
    const SnapshotHead head{workspace.applied_sequence(), editor.last_stamp(), editor.context().id_salt};
    return write_snapshot_bytes(workspace.records(), head, workspace.database().damaged());
}

void restore_backup(Storage& storage, ByteView backup, std::function<void(Result<Sequence>)> done) {
    MemorySource source(backup);
    auto content = read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8);
    if (!content) return done(std::unexpected(std::move(content).error()));
    const Sequence sequence = content->head.sequence;
    auto bytes = std::make_shared<Bytes>(backup.begin(), backup.end());
    storage.erase_all([&storage, bytes, sequence, done = std::move(done)](Status erased) mutable {
        if (!erased) return done(std::unexpected(std::move(erased).error()));
        storage.begin_snapshot(sequence);
        storage.write_snapshot(*bytes);
        storage.commit_snapshot([sequence, done = std::move(done)](Status committed) {
            if (!committed) return done(std::unexpected(std::move(committed).error()));
            done(sequence);
        });
    });
}

}  // namespace outpost
