// Capture dialog: a line is typed, what it is understood to be stands below as it is typed, and is saved as one edit.
// Whom and what it is about can be chosen otherwise, and each thing left out.
// Invariant: the line is read again only when it, the choices or the records changed.
// Called by: the registry ("capture:", "capture:ID"), the palette.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/capture/capture.h"
#include "ui/kit/choice.h"
#include "ui/pages/save_dialog.h"

namespace outpost {

class CaptureDialog final : public SaveDialog {
public:
    // `about`: the record that counts where the line names none.
    explicit CaptureDialog(RecordRef about, std::string text = {}) : about_(about), text_(std::move(text)) {}
    std::string title(Context& context) override;
    void draw(Context& context) override;
    bool can_close(Context& context) override;
    bool holds_draft() const override;
    float width() const override { return 600; }

private:
    void refresh(Context& context);
    void draw_examples(Context& context);
    void draw_about(Context& context);
    void draw_lookup(Context& context, std::string_view key, std::string_view label, std::span<const ObjectIndex> objects, RecordRef record,
                     const std::vector<RecordRef>& suggested, std::optional<std::string>& chosen);
    void draw_opportunity(Context& context);
    void draw_actions(Context& context);
    void draw_doubts(Context& context);
    std::string action_title(Context& context, const CaptureAction& action) const;
    std::string action_words(Context& context, const CaptureAction& action) const;
    void save(Context& context) override;

    RecordRef about_;
    std::string text_, read_;
    std::uint64_t revision_ = 0;
    bool focus_ = true, stale_ = true, prepared_ = false;
    Capture capture_;
    NameSearches searches_;
    // What the person chose in place of what was read: an id's text, "" none.
    std::optional<std::string> who_, account_, opportunity_;
    std::vector<bool> left_out_;
};

// The address of the dialog about a record; {}: of the line alone.
std::string capture_address(Context& context, RecordRef about = {});

}  // namespace outpost
