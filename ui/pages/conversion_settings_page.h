// Conversion settings: an admin's page for where the fields of a lead go when it is converted: every field of a lead with
// what it fills of account, contact and opportunity. Each change is one edit with undo.
// Called by: the registry ("#/settings/conversion").
#pragma once

#include <string>
#include <vector>

#include "ui/context.h"
#include "ui/page.h"

namespace outpost {

class ConversionSettingsPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    struct Line { std::string name, label, targets; bool is_custom, is_changed; };

    void refresh(Context& context);
    void draw_lines(Context& context, bool custom, std::string_view title);

    std::string seen_;              // records and language that the lines were made for
    std::string filter_;
    std::vector<Line> lines_;
};

}  // namespace outpost
