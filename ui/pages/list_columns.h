// List columns: which fields a list shows, in which order and how wide; remembered for each object on this device.
// Invariant: the name field is always among them. Called by: list_page.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"
#include "ui/kit/table.h"
#include "ui/pages/default_layout.h"

namespace outpost {

struct ListColumn {
    FieldIndex field = no_field;
    float width = 0;                 // css px; 0: what the field's type usually needs
};

// "Name:220;Company:160". Fields that are gone are left out; nothing usable gives the layout's columns.
std::vector<ListColumn> parse_columns(std::string_view text, const Object& object, const ObjectLayout& layout);
std::string columns_text(const std::vector<ListColumn>& columns, const Object& object);
std::vector<kit::TableColumn> table_columns(Context& context, const Object& object, const std::vector<ListColumn>& columns);
// Makes the columns that nobody has sized as wide as what stands in them, `words` css px at the widest in each. Where that is
// too much for `room`, as many as fit are seen and no other begins; the head of the one that is `sorted` is never cut. False
// when something is cut or out of sight.
bool fit_columns(Context& context, std::span<kit::TableColumn> made, const Object& object, const std::vector<ListColumn>& columns, float room,
                 std::span<const float> words, FieldIndex sorted = no_field);

// Choosing and ordering columns; `chosen` gets the new ones when the person applies them.
std::unique_ptr<Dialog> make_columns_dialog(ObjectIndex object, std::vector<ListColumn> columns,
                                            std::function<void(std::vector<ListColumn>)> chosen);

}  // namespace outpost
