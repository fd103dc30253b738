// List views: what a list shows (filter, condition, sorting, columns, groups), kept under a name as a record, and the ones
// that every object has. In the address: "view=ID" as saved, "view=ID&changed=1&..." with what differs from it.
// Invariant: state_of_view(view) is the address that the list has while the view is unchanged.
// Called by: list_page.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"
#include "ui/pages/list_query.h"

namespace outpost {

// The live view of that id that lists this object and that the person may see; none else.
RecordRef find_list_view(Context& context, const Object& object, std::string_view id);
bool is_own_view(Context& context, RecordRef view);
bool has_flag(Context& context, RecordRef view, FieldIndex field);
// All that the person may see: recently used ones first, then by name.
std::vector<RecordRef> list_views(Context& context, const Object& object);
void remember_view_used(Context& context, const Object& object, RecordRef view);
// The one that the list begins with: the person's own, else a shared one of others.
RecordRef pinned_view(Context& context, const Object& object);

// "#/o/Lead?view=ID", alone and with all that it says.
std::string view_address(Context& context, const Object& object, RecordRef view);
Route state_of_view(Context& context, const Object& object, RecordRef view);
// What a record keeps of a list's address.
std::vector<FieldValue> view_fields(const Route& state);

struct StandardView {
    std::string_view key;
    std::string name;
    ListRequest request;
};
std::vector<StandardView> standard_views(Context& context, const Object& object);

// Asks for a name (and who sees it) and saves the state as a new view, or renames `view`; `saved` gets the view.
std::unique_ptr<Dialog> make_view_dialog(Context& context, ObjectIndex object, RecordRef view, Route state, std::function<void(RecordRef)> saved);
// Pins it in place of the one that was, or unpins it.
void pin_view(Context& context, const Object& object, RecordRef view, bool pinned);

}  // namespace outpost
