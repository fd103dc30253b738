// Record actions: what can be done with one record from its page and from a list's row menu.
// Called by: record_page, list_page, palette.
#pragma once

#include <memory>
#include <string>

#include "ui/context.h"

namespace outpost {

RecordRef record_here(Context& context);                           // whose page is open; none on other pages
bool can_convert(Context& context, RecordRef record);              // a lead, not converted yet and in no queue of others
void open_convert_dialog(Context& context, RecordRef lead);
std::unique_ptr<Dialog> make_convert_dialog(Context& context, RecordRef lead);   // null when it can't be converted
// Menu items Edit, Clone, Copy link, Delete; inside a menu.
void draw_record_menu_items(Context& context, RecordRef record, bool with_edit = true);
// Deletes it and goes to its list.
void delete_and_leave(Context& context, RecordRef record);
// A converted lead, or a record in the recycle bin, is read only.
bool is_read_only(Context& context, RecordRef record);
bool is_converted_lead(Context& context, RecordRef record);
std::string edit_address(Context& context, RecordRef record);
std::string clone_address(Context& context, RecordRef record);
// The record's page with the composer open for a "task" or a "call".
std::string compose_address(Context& context, RecordRef record, std::string_view what);
void copy_record_link(Context& context, RecordRef record);

}  // namespace outpost
