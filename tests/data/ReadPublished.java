import java.sql.*;
import java.util.Properties;

/** Prints what a query says of a published file, and whether the file can be written. Arguments: file, query. */
public class ReadPublished {
    public static void main(String[] given) throws Exception {
        Properties options = new Properties();
        options.setProperty("duckdb.read_only", "true");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + given[0], options);
             Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(given[1])) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    StringBuilder line = new StringBuilder(rows.getString(1));
                    for (int column = 2; column <= columns; column++) line.append('\t').append(rows.getString(column));
                    System.out.println(line);
                }
            }
            try {
                statement.execute("CREATE TABLE written (i INTEGER)");
                System.out.println("could be written");
            } catch (SQLException refused) {
                System.out.println("read only");
            }
        }
    }
}
