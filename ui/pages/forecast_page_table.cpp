// The forecast page's figures: the table with its quotas edited in place, and the cards that phones have.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/objects/standard.h"
#include "ui/pages/forecast_dialog.h"
#include "ui/pages/forecast_page.h"

namespace outpost {

namespace {

enum ColumnPlace : int { name_column, quota_column, first_figure, attainment_column = first_figure + static_cast<int>(forecast_columns), gap_column };

constexpr float toggle_width = 24;
constexpr ForecastColumn figure_columns[] = {ForecastColumn::Closed, ForecastColumn::Commit, ForecastColumn::BestCase, ForecastColumn::Pipeline};

bool is_figure(int column) { return column >= first_figure && column < attainment_column; }
ForecastColumn figure_of(int column) { return figure_columns[column - first_figure]; }
std::size_t place_of(ForecastColumn column) { return static_cast<std::size_t>(column); }

std::int64_t minus(std::int64_t a, std::int64_t b) {
    std::int64_t difference = 0;
    return __builtin_sub_overflow(a, b, &difference) ? 0 : difference;
}

// Of hundredths of a percent.
std::string percent_words(Context& context, std::int64_t share) { return context.locale().format_number({share, 2}, 0) + "%"; }

constexpr float least_bar = 24, usual_bar = 48;   // of attainment; a shorter one tells nothing

// Where room is lacking attainment loses its bar, then the gap is out of sight, then names are cut; no figure ever.
void fit_columns(std::vector<kit::TableColumn>& columns, float room, std::vector<float> needs) {
    constexpr float share_max = 1.4f, least_name = 128;
    float spare = room;
    for (const float need : needs) spare -= need;
    const auto give = [&](std::size_t column, float most) {
        const float given = std::clamp(-spare, 0.0f, most);
        needs[column] -= given;
        spare += given;
    };
    give(attainment_column, usual_bar);
    if (spare < 0) spare += needs[gap_column];
    give(name_column, std::max(0.0f, needs[name_column] - least_name));
    const float share = std::clamp(room / (room - spare), 1.0f, share_max);
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].width = std::floor(needs[i] * share);
}

}  // namespace

// --- words

// All that is behind a figure, to the cent.
std::string ForecastPage::tip(Context& context, const ForecastFigures& figures, ForecastColumn column) const {
    const std::size_t at = place_of(column);
    const std::uint8_t scale = view_.forecast().scale;
    const ForecastSum& sum = figures.computed[at];
    const std::string exact = exact_amount(context, sum.amount, scale);
    std::string words = context.tr("ui.forecast.tip", {context.number_text(sum.count), exact});
    if (view_.compares()) {
        words += "\n";
        words += context.tr("ui.forecast.tip_before", {exact_amount(context, figures.before[at].amount, scale), context.locale().format_date(view_.since_day())});
    }
    if (!figures.adjusted[at]) return words;
    const std::string adjusted = exact_amount(context, *figures.adjusted[at], scale);
    words += "\n";
    if (figures.adjustment[at] == no_row) return words + context.tr("ui.forecast.tip_below", {adjusted, exact});
    const RecordRef record{standard_object::forecasting_adjustment, figures.adjustment[at]};
    const Value by = context.records().value(record, system_field::last_modified_by);
    const auto* user = std::get_if<RecordRef>(&by);
    words += context.tr("ui.forecast.tip_override", {user && *user ? context.records().display_name(*user) : std::string("?"), adjusted, exact});
    const std::string note = context.records().value_text(record, forecasting_adjustment_field::note);
    return note.empty() ? words : words + "\n" + note;
}

// The second line: how it changed, else what the override stands beside.
std::string ForecastPage::note(Context& context, const ForecastFigures& figures, ForecastColumn column, Tone& tone) const {
    const std::size_t at = place_of(column);
    const std::uint8_t scale = view_.forecast().scale;
    if (!view_.compares()) return figures.adjusted[at] ? context.tr("ui.forecast.computed", {whole_amount(context, figures.computed[at].amount, scale)}) : std::string();
    const std::int64_t change = minus(figures.computed[at].amount, figures.before[at].amount);
    if (change == 0) return std::string(context.tr("ui.forecast.same"));
    tone = change > 0 ? Tone::Success : Tone::Danger;
    return context.tr(change > 0 ? "ui.forecast.up" : "ui.forecast.down", {whole_amount(context, change > 0 ? change : minus(0, change), scale)});
}

std::string ForecastPage::gap_text(Context& context, const ForecastFigures& figures) const {
    if (!figures.quota) return {};
    const std::int64_t gap = minus(*figures.quota, figures.computed[0].amount);
    const std::string amount = whole_amount(context, gap < 0 ? minus(0, gap) : gap, view_.forecast().scale);
    return gap < 0 ? context.tr("ui.forecast.over", {amount}) : amount;
}

// --- one figure

void ForecastPage::draw_figure(Context& context, Rect place, const ForecastLine& line, ForecastColumn column, Align align, std::string_view label) {
    const ForecastFigures& figures = view_.figures(line);
    const std::size_t at = place_of(column);
    const Palette& p = context.color();
    const bool adjusted = figures.adjusted[at].has_value();
    const std::string amount = whole_amount(context, adjusted ? *figures.adjusted[at] : figures.computed[at].amount, view_.forecast().scale);
    Tone tone = Tone::Neutral;
    const std::string second = note(context, figures, column, tone), about = tip(context, figures, column);
    const TextStyle style = line.row == ForecastLine::total ? TextStyle::DenseStrong : TextStyle::Dense;
    const float mark = adjusted ? 18.0f : 0.0f, wide = std::min(kit::text_width(context, amount, style) + mark, place.width);
    const float tall = second.empty() ? 20.0f : 38.0f;
    const Rect both = place.centered(place.width, std::min(tall, place.height));
    const Rect first{align == Align::End ? both.right() - wide : both.x, both.y, wide, 20};
    // Both lines are one link's words: read out together, and all that its cell says.
    const std::string said = (label.empty() ? std::string() : std::string(label) + ": ") + amount + (second.empty() ? "" : " " + second);
    kit::IdScope scope(context, std::uint64_t{at});
    const std::string address = view_.list_address(context, line, column);
    Rect area = kit::finger_room(context, first);
    area.y = std::max(area.y, place.y);
    if (align == Align::End) area.x = first.right() - area.width;
    const kit::Hit h = kit::hit(context, "figure", area, {.role = Role::Link, .name = said, .description = about, .link = address, .corner = 3});
    Rect words = first;
    if (adjusted) kit::draw_icon(context, Icon::Edit, words.cut_left(mark).centered(13, 13), figures.adjustment[at] != no_row ? p.accent_text : p.text_secondary);
    kit::draw_text(context, words, amount, style, figures.computed[at].count == 0 && !adjusted ? p.text_secondary : p.text, Align::End);
    if (h.hovered) kit::line(context, {words.x, words.bottom() - 2}, {words.right(), words.bottom() - 2}, p.text);
    kit::tooltip(context, first, about);
    if (h.pressed) context.navigate(address);
    if (second.empty()) return;
    const kit::Ink ink = tone == Tone::Success ? kit::Ink::Success : tone == Tone::Danger ? kit::Ink::Danger : kit::Ink::Secondary;
    const float more = align == Align::End ? 10.0f : 0.0f;   // into the cell's padding
    kit::text(context, second, {.style = TextStyle::Caption, .ink = ink, .align = align, .silent = true, .at = {both.x - more, both.y + 20, both.width + more, 18}});
}

void ForecastPage::draw_attainment(Context& context, Rect place, const ForecastFigures& figures) {
    const auto attainment = forecast_attainment(figures);
    if (!attainment) return;
    const Palette& p = context.color();
    const std::string percent = percent_words(context, *attainment);
    const Rect words = place.cut_right(std::max(46.0f, kit::text_width(context, percent, TextStyle::Dense) + 2));
    place.cut_right(8);
    const Rect track = place.centered(place.width, 6);
    const float share = std::clamp(static_cast<float>(*attainment) / 10'000.0f, 0.0f, 1.0f);
    if (track.width >= least_bar) kit::fill(context, track, p.neutral.background, 3);
    if (share > 0 && track.width >= least_bar) kit::fill(context, {track.x, track.y, std::max(3.0f, track.width * share), track.height}, *attainment >= 10'000 ? p.success.solid : p.accent, 3);
    kit::text(context, percent, {.style = TextStyle::Dense, .align = Align::End, .at = words});
}

void ForecastPage::draw_toggle(Context& context, Rect place, const ForecastLine& line) {
    const bool open = view_.is_open(line);
    // The blank parts it from the owner's name behind it, also where the cell is read as one text.
    const std::string name = context.tr(open ? "ui.forecast.collapse" : "ui.forecast.expand", {view_.name(context, line)}) + " ";
    // Its end stays: the name begins there.
    const Rect around = kit::finger_room(context, place);
    const kit::Hit h = kit::hit(context, "toggle", {std::min(around.x, place.right() + 4 - around.width), around.y, around.width, around.height}, {.name = name, .states = open ? semantics_state::expanded : semantics_state::collapsed});
    if (h.hovered) kit::fill(context, place, context.color().pressed, radius::control);
    kit::draw_icon(context, open ? Icon::ChevronDown : Icon::ChevronRight, place.centered(14, 14), context.color().text_secondary);
    if (h.pressed) context.set_parameter("fold", view_.fold_text(context, line.row));
}

// --- the table

void ForecastPage::draw_table(Context& context, Rect place) {
    const std::string language(language_tag(context.messages().language()));
    if (columns_.empty() || columns_language_ != language) {
        columns_language_ = language;
        columns_.clear();
        fitted_room_ = 0;
        const auto add = [&](const char* key, std::string_view label, Align align, bool editable) {
            columns_.push_back({.key = key, .label = std::string(label), .align = align, .sortable = false, .resizable = false, .editable = editable});
        };
        add("owner", context.tr("ui.forecast.owner"), Align::Start, false);
        add("quota", context.tr("ui.forecast.quota"), Align::End, true);
        for (const ForecastColumn column : figure_columns) add("figure", context.tr(column_key(column)), Align::End, column != ForecastColumn::Closed);
        add("attainment", context.tr("ui.forecast.attainment"), Align::End, false);
        add("gap", context.tr("ui.forecast.gap"), Align::End, false);
    }
    const std::string name(context.tr("ui.forecast.table"));
    const std::vector<ForecastLine>& lines = view_.lines();
    kit::TableSpec spec;
    spec.name = name;
    spec.columns = columns_;
    spec.row_count = lines.size();
    spec.row_menu = true;
    spec.row_height = std::max(context.theme.row_height(), shows_notes() ? 48.0f : 0.0f);
    spec.at = place;
    spec.can_edit = [&](std::uint64_t row, int) { return view_.can_be_set(lines[row]); };
    spec.cell = [&](kit::Cell& cell) { draw_cell(context, cell); };
    spec.row_key = [&](std::uint64_t row) -> std::uint64_t { return lines[row].row == ForecastLine::total ? 0 : 2 * lines[row].row + (lines[row].alone ? 2 : 1); };
    spec.row_name = [&](std::uint64_t row) { return view_.name(context, lines[row]); };
    if (const float room = kit::columns_room(spec, place); room != fitted_room_ || context.scale != fitted_scale_ || view_.version() != fitted_version_) {
        fitted_room_ = room;
        fitted_scale_ = context.scale;
        fitted_version_ = view_.version();
        fit_columns(columns_, room, column_needs(context));
    }
    const kit::TableAnswer answer = kit::table(context, "forecast", table_, spec);
    take_answer(context, answer);
    draw_row_menu(context, answer);
}

// How wide each column's words are with the cell's padding, css px.
std::vector<float> ForecastPage::column_needs(Context& context) const {
    constexpr float padding = 24, mark = 18, percent = 46, least_quota = 96;   // room to type one
    const std::uint8_t scale = view_.forecast().scale;
    std::vector<float> needs(columns_.size());
    const auto widen = [&](float& widest, std::string_view words, TextStyle style, float more) {
        widest = std::max(widest, std::ceil(kit::text_width(context, words, style)) + padding + more);
    };
    for (const ForecastLine& line : view_.lines()) {
        const ForecastFigures& figures = view_.figures(line);
        widen(needs[name_column], line.alone ? std::string(context.tr("ui.forecast.own_short")) : view_.name(context, line), TextStyle::DenseStrong, line.row == ForecastLine::total ? 0 : name_indent(context, line) + toggle_width + 4);
        widen(needs[gap_column], gap_text(context, figures), TextStyle::Dense, 0);
        if (const auto share = forecast_attainment(figures)) widen(needs[attainment_column], percent_words(context, *share), TextStyle::Dense, 2);
        if (figures.quota) widen(needs[quota_column], whole_amount(context, *figures.quota, scale), TextStyle::Dense, 0);
        for (std::size_t at = 0; at < forecast_columns; ++at) {   // figure_columns are in that order
            Tone tone = Tone::Neutral;
            widen(needs[first_figure + at], whole_amount(context, figures.adjusted[at].value_or(figures.computed[at].amount), scale), TextStyle::DenseStrong, figures.adjusted[at] ? mark : 0);
            widen(needs[first_figure + at], note(context, figures, figure_columns[at], tone), TextStyle::Caption, -10);   // it goes into the padding
        }
    }
    needs[attainment_column] = std::max(needs[attainment_column], percent + padding);
    for (std::size_t i = 0; i < needs.size(); ++i) widen(needs[i], columns_[i].label, TextStyle::Caption, 0);
    needs[quota_column] = std::max(needs[quota_column], least_quota);
    needs[attainment_column] += usual_bar;
    return needs;
}

void ForecastPage::draw_cell(Context& context, kit::Cell& cell) {
    const ForecastLine line = view_.lines()[cell.row];
    const ForecastFigures& figures = view_.figures(line);
    const std::uint8_t scale = view_.forecast().scale;
    if (cell.column == name_column) return draw_name(context, cell, line);
    if (cell.editing && cell.column == quota_column) return draw_quota_editor(context, cell, line);
    if (cell.column == quota_column) {
        if (figures.quota) cell.text(whole_amount(context, *figures.quota, scale), figures.quota_is_own ? kit::Ink::Normal : kit::Ink::Secondary);
        return;
    }
    if (is_figure(cell.column)) return draw_figure(context, cell.content, line, figure_of(cell.column), Align::End, {});
    if (cell.column == attainment_column) return draw_attainment(context, cell.content, figures);
    cell.text(gap_text(context, figures), kit::Ink::Secondary);
}

float ForecastPage::name_indent(Context& context, const ForecastLine& line) const {
    return static_cast<float>(view_.forecast().rows[line.row].level + (line.alone ? 1 : 0)) * (context.is_desktop() ? 20.0f : 8.0f);
}

void ForecastPage::draw_name(Context& context, kit::Cell& cell, const ForecastLine& line) {
    const std::string name = view_.name(context, line);
    if (line.row == ForecastLine::total) return cell.strong(name);
    const ForecastRow& row = view_.forecast().rows[line.row];
    Rect place = cell.content;
    place.cut_left(name_indent(context, line));
    const Rect mark = place.cut_left(toggle_width);
    if (row.has_team && !line.alone) draw_toggle(context, mark.centered(toggle_width, toggle_width), line);
    place.cut_left(4);
    if (!row.user || line.alone) return kit::text(context, line.alone ? context.tr("ui.forecast.own_short") : std::string_view(name), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .at = place});
    Route route = context.route();
    route.set("scope", to_text(context.records().id_of(row.user))).set("fold", "").set("dialog", "");
    kit::link(context, "owner", name, route.to_text(), {.style = TextStyle::DenseStrong, .quiet = true, .at = place});
}

void ForecastPage::draw_quota_editor(Context& context, kit::Cell& cell, const ForecastLine& line) {
    const std::string label = quota_title(context, view_.user(line));
    const kit::Edited edited = kit::money_field(context, "quota", label, quota_, context.workspace().currency(),
                                                {.error = quota_fault_, .hide_label = true, .focus = std::exchange(edit_begins_, false), .plain = true, .align = Align::End, .at = cell.rect});
    if (edited.changed) quota_fault_.clear();
    if (edited.cancelled) {
        table_.stop_editing();
        table_.focus_active = true;
    } else if (edited.committed) {
        edit_next_ = context.shortcut("Tab");
        save_quota(context, line);
    }
}

void ForecastPage::edit_quota(Context& context, std::int64_t at) {
    const ForecastFigures& figures = view_.figures(view_.lines()[static_cast<std::size_t>(at)]);
    table_.active_row = table_.editing_row = table_.reveal_row = at;
    table_.active_column = table_.editing_column = quota_column;
    const bool own = figures.quota && figures.quota_is_own;
    quota_ = kit::NumberDraft::of(own ? std::optional(Decimal{*figures.quota, view_.forecast().scale}) : std::nullopt);
    quota_before_ = quota_.text;
    quota_fault_.clear();
    edit_begins_ = true;
    context.request_frame();
}

void ForecastPage::save_quota(Context& context, const ForecastLine& line) {
    edit_begins_ = !quota_.valid;
    if (saving_ || !quota_.valid) return;
    saving_ = true;
    const std::int64_t at = table_.editing_row;
    const CommandDone done = [this, &context, at, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (alive.expired()) return;
        saving_ = false;
        if (!outcome) {
            quota_fault_ = context.error_text(outcome.error());
            edit_begins_ = true;
            return;
        }
        table_.stop_editing();
        table_.focus_active = true;
        if (!std::exchange(edit_next_, false)) return;
        const std::vector<ForecastLine>& lines = view_.lines();
        for (auto next = static_cast<std::size_t>(at + 1); next < lines.size(); ++next)
            if (view_.can_be_set(lines[next])) return edit_quota(context, static_cast<std::int64_t>(next));
    };
    // What is left as it was stays the sum of its months.
    if (quota_.text == quota_before_) done(CommandOutcome{});
    else submit_quota(context, view_.request(), view_.user(line), quota_.value, done);
}

void ForecastPage::take_answer(Context& context, const kit::TableAnswer& answer) {
    if (answer.edit_row >= 0) {
        const ForecastLine line = view_.lines()[static_cast<std::size_t>(answer.edit_row)];
        if (answer.edit_column == quota_column) return edit_quota(context, answer.edit_row);
        table_.stop_editing();
        context.open_dialog(override_dialog_address(context, view_.user(line), figure_of(answer.edit_column)));
    }
    if (answer.opened_row < 0) return;
    const ForecastLine line = view_.lines()[static_cast<std::size_t>(answer.opened_row)];
    if (is_figure(table_.active_column)) context.navigate(view_.list_address(context, line, figure_of(table_.active_column)));
    else if (line.row != ForecastLine::total && !line.alone && view_.forecast().rows[line.row].has_team) context.set_parameter("fold", view_.fold_text(context, line.row));
}

void ForecastPage::draw_row_menu(Context& context, const kit::TableAnswer& answer) {
    if (answer.menu_row >= 0) {
        menu_line_ = answer.menu_row;
        menu_anchor_ = answer.menu_anchor;
        kit::open_popup(context, "row_menu");
    }
    if (menu_line_ < 0 || menu_line_ >= static_cast<std::int64_t>(view_.lines().size())) return;
    const ForecastLine line = view_.lines()[static_cast<std::size_t>(menu_line_)];
    if (!kit::begin_menu(context, "row_menu", menu_anchor_, context.tr("kit.more_for", {view_.name(context, line)}))) return;
    draw_menu_items(context, line);
    kit::end_menu(context);
}

void ForecastPage::draw_menu_items(Context& context, const ForecastLine& line) {
    const RecordRef user = view_.user(line);
    if (view_.can_be_set(line)) {
        if (kit::menu_item(context, "quota", context.tr("ui.forecast.set_quota"), {.icon = Icon::Edit})) context.open_dialog(quota_dialog_address(context, user));
        for (const ForecastColumn column : figure_columns) {
            if (column == ForecastColumn::Closed) continue;
            const std::string key(column_key(column));
            if (kit::menu_item(context, key, context.tr("ui.forecast.override", {context.tr(key)}), {.icon = Icon::Note})) context.open_dialog(override_dialog_address(context, user, column));
        }
    }
    if (kit::menu_item(context, "list", context.tr("label.Opportunity.plural"), {.icon = Icon::Opportunity})) context.navigate(view_.list_address(context, line, ForecastColumn::Pipeline));
}

// --- cards

namespace { constexpr float figure_gap = 14; }   // of a card: a figure is nearer to its label than to the next one

float ForecastPage::card_height(Context& context, const ForecastLine& line) const {
    const float figure = shows_notes() ? 78.0f : 62.0f;
    return 14 + context.theme.control_height() + (view_.figures(line).quota ? 26.0f : 0.0f) + 8 + 2 * figure - figure_gap + 12;
}

void ForecastPage::draw_cards(Context& context) {
    kit::PageBody body(context, {.gap = space::x3});
    kit::Group list(context, Role::List, context.tr("ui.forecast.table"));
    for (std::size_t at = 0; at < view_.lines().size(); ++at) {
        const Rect place = kit::take(context, 0, card_height(context, view_.lines()[at]));
        if (!kit::is_visible(context, place)) continue;
        kit::IdScope scope(context, std::uint64_t{at});
        draw_card(context, view_.lines()[at], place);
    }
}

void ForecastPage::draw_card(Context& context, const ForecastLine& line, Rect place) {
    const std::string name = view_.name(context, line);
    kit::push_clip(context, place);   // a group's box is what is clipped to
    draw_card_content(context, line, place, name);
    kit::pop_clip(context);
}

void ForecastPage::draw_card_content(Context& context, const ForecastLine& line, Rect place, const std::string& name) {
    const Palette& p = context.color();
    const ForecastFigures& figures = view_.figures(line);
    kit::Group card(context, Role::ListItem, name);
    kit::fill(context, place, p.surface, radius::card);
    kit::stroke(context, place, p.border, radius::card);
    Rect inner = place.inset({14, 8, 14, 12});
    Rect head = inner.cut_top(context.theme.control_height());
    const bool is_row = line.row != ForecastLine::total;
    const Rect more = head.cut_right(44);
    if (is_row) head.cut_left(static_cast<float>(std::min<int>(view_.forecast().rows[line.row].level, 4)) * 10);
    if (is_row && !line.alone && view_.forecast().rows[line.row].has_team) {
        draw_toggle(context, head.cut_left(36).centered(36, 40), line);
        head.cut_left(4);
    } else if (is_row && (line.alone || view_.forecast().rows[line.row].level > 0)) {
        head.cut_left(line.alone ? 50 : 40);   // further in than whose team it is of
    }
    kit::text(context, name, {.style = TextStyle::BodyStrong, .at = head});
    inner.cut_left(head.x - inner.x);   // all of it stands below the name
    if (kit::menu_button(context, "more", Icon::More, context.tr("kit.more_for", {name}), {.kind = kit::ButtonKind::Ghost, .at = more})) {
        draw_menu_items(context, line);
        kit::end_menu(context);
    }
    if (figures.quota) {
        Rect bar = inner.cut_top(26);
        const std::string share = context.tr("ui.forecast.share", {whole_amount(context, figures.computed[0].amount, view_.forecast().scale),
                                                                   whole_amount(context, *figures.quota, view_.forecast().scale)});
        kit::text(context, share, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .at = bar.cut_left(std::min(kit::text_width(context, share, TextStyle::Caption) + 10, bar.width * 0.7f))});
        draw_attainment(context, bar, figures);
    }
    inner.cut_top(8);
    const float figure = (inner.height + figure_gap) / 2;
    for (std::size_t i = 0; i < forecast_columns; ++i) {
        const float x = inner.x + (i % 2 ? inner.width / 2 : 0);
        Rect cell{x, inner.y + (i / 2 ? figure : 0), inner.width / 2, figure - figure_gap};
        kit::draw_text(context, cell.cut_top(16), context.tr(column_key(figure_columns[i])), TextStyle::Caption, p.text_secondary);
        draw_figure(context, cell.inset({0, 0, 8, 0}), line, figure_columns[i], Align::Start, context.tr(column_key(figure_columns[i])));
    }
}

}  // namespace outpost
