// Duplicate settings: an admin's page for what counts as a duplicate: the standard rule, on or off, and rules of one's own,
// each a set of comparisons that must all hold. Every change is one edit with undo.
// Called by: the registry ("#/settings/duplicates").
#pragma once

#include <string>
#include <vector>

#include "ui/context.h"
#include "ui/page.h"

namespace outpost {

class DuplicateSettingsPage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    struct Line { RowIndex row; std::string id, name, applies_to, comparisons; bool active; };

    void refresh(Context& context);
    void draw_standard_rule(Context& context);
    void draw_rules(Context& context);
    void draw_rule(Context& context, const Line& line);

    std::string seen_;              // records and language that the lines were made for
    std::vector<Line> lines_;
};

}  // namespace outpost
