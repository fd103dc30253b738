// Criteria editor: conditions row by row with the control that fits each field's type, and how they go together: all, any,
// or by a logic of one's own ("1 AND (2 OR 3)").
// Invariant: drawing changes the draft alone; text() gives the SOQL condition, or says in place what is missing.
// Called by: the dialogs of lead routing and of a list's conditions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/kit/choice.h"
#include "ui/pages/criteria_rows.h"

namespace outpost {

// A handful of choices in order: no sorting of its own is worth its bytes.
void insert_by_label(std::vector<kit::Choice>& choices, kit::Choice choice);

class CriteriaEditor {
public:
    // False when rows can't say the text; the rows then stay as they were.
    bool load(Context& context, const Object& object, std::string_view text);
    // A row for that field, or for one that is asked for often.
    void add_first(const Object& object, FieldIndex field = no_field);
    // `none`: what is said where there is no row.
    void draw(Context& context, const Object& object, std::string_view none);
    // Without checks of what is missing; nothing while a value or the logic is not whole.
    std::optional<std::string> draft(const Object& object) const;
    // Shows at its place why there is no text yet.
    std::optional<std::string> text(Context& context, const Object& object);
    bool empty() const { return rows_.empty(); }

private:
    struct Row {
        CriteriaRow row;
        kit::DateDraft day;
        kit::NumberDraft number;     // the n of a relative day, or a number field's value
    };
    enum class Joining : int { All, Any, Custom };

    static Row make_row(const CriteriaRow& row, const Field& field);
    bool draw_row(Context& context, const Object& object, Row& row, std::size_t at);
    void draw_value(Context& context, const Field& field, Row& row, float width);
    void draw_day(Context& context, Row& row, float width);
    bool is_whole(const Object& object, const Row& row) const;
    std::string logic() const;

    std::vector<Row> rows_;
    int joining_ = 0;
    std::string logic_, error_, logic_error_;
};

}  // namespace outpost
