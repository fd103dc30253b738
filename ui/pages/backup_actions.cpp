#include "ui/pages/backup_actions.h"

#include "core/workspace/backup.h"

namespace outpost {

namespace {

void restore(Context& context, ByteSource& file) {
    const auto refuse = [&context](const Error& error) { context.toast(context.error_text(error), Tone::Danger); };
    Bytes bytes(static_cast<std::size_t>(file.size()));
    if (!file.read(0, bytes)) return refuse(Error{ErrorCode::InvalidFile, "error.backup.unreadable", {}});
    restore_backup(context.storage(), context.workspace().applied_sequence(), bytes, [&context, refuse](Result<Sequence> restored) {
        if (restored) context.browser().reload();
        else refuse(restored.error());
    });
}

}  // namespace

void save_backup(Context& context) {
    context.later([&context] {
        const Bytes bytes = make_backup(context.workspace());
        context.browser().save_file("outpost-" + days_to_text(context.today()) + ".backup", "application/octet-stream",
                                    {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    });
}

void restore_backup_file(Context& context) {
    context.browser().pick_files(".backup", false, [&context](std::vector<PickedFile> files) {
        if (files.empty()) return;
        context.confirm(context.tr("ui.backup.restore_title", {files[0].name}), std::string(context.tr("ui.backup.restore_text")), std::string(context.tr("ui.backup.replace")), true,
                        [&context, file = files[0].bytes] { context.later([&context, file] { restore(context, *file); }); });
        context.request_frame();
    });
}

}  // namespace outpost
