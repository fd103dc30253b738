// ForecastPage (#/forecast): quota, closed, commit, best case and open pipeline of each owner and team in a month or
// quarter, with what is still missing; overrides with a note, and how it stood a week or a month ago. A table, on phones
// cards. Each figure leads to the list of its opportunities.
// Invariant: all that is chosen stands in the address. Called by: the page registry.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ui/kit/kit.h"
#include "ui/page.h"
#include "ui/pages/forecast_view.h"

namespace outpost {

class ForecastPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    void draw_header(Context& context);
    void draw_toolbar(Context& context);
    void draw_scope(Context& context);
    void refresh_scopes(Context& context);
    void draw_since(Context& context);
    void draw_notes(Context& context);
    void go_to_period(Context& context, int step);
    bool shows_notes() const;

    void draw_table(Context& context, Rect place);
    std::vector<float> column_needs(Context& context) const;
    float name_indent(Context& context, const ForecastLine& line) const;
    void draw_cell(Context& context, kit::Cell& cell);
    void draw_name(Context& context, kit::Cell& cell, const ForecastLine& line);
    void draw_toggle(Context& context, Rect place, const ForecastLine& line);
    void draw_quota_editor(Context& context, kit::Cell& cell, const ForecastLine& line);
    void draw_figure(Context& context, Rect place, const ForecastLine& line, ForecastColumn column, Align align, std::string_view label);
    void draw_attainment(Context& context, Rect place, const ForecastFigures& figures);
    void take_answer(Context& context, const kit::TableAnswer& answer);
    void edit_quota(Context& context, std::int64_t at);
    void save_quota(Context& context, const ForecastLine& line);
    void draw_row_menu(Context& context, const kit::TableAnswer& answer);
    void draw_menu_items(Context& context, const ForecastLine& line);
    void draw_cards(Context& context);
    void draw_card(Context& context, const ForecastLine& line, Rect place);
    void draw_card_content(Context& context, const ForecastLine& line, Rect place, const std::string& name);
    float card_height(Context& context, const ForecastLine& line) const;
    std::string tip(Context& context, const ForecastFigures& figures, ForecastColumn column) const;
    std::string note(Context& context, const ForecastFigures& figures, ForecastColumn column, Tone& tone) const;
    std::string gap_text(Context& context, const ForecastFigures& figures) const;

    ForecastView view_;
    std::vector<kit::Choice> scopes_;    // everyone, teams, each user: as of the users' revision
    std::uint64_t scopes_revision_ = 0;
    Language scopes_language_ = Language::English;
    std::vector<kit::TableColumn> columns_;
    float fitted_room_ = 0, fitted_scale_ = 0;
    std::uint64_t fitted_version_ = 0;   // of the view
    std::string columns_language_;
    kit::TableState table_;
    kit::NumberDraft quota_;             // of the cell being edited
    std::string quota_fault_, quota_before_;
    bool edit_begins_ = false, saving_ = false, edit_next_ = false;
    std::int64_t menu_line_ = -1;
    Rect menu_anchor_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
