// Starts Solr from its jars: one Jetty on 127.0.0.1, no admin page. java -cp 'lib/*' SolrServer.java HOME PORT
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

public class SolrServer {
    public static void main(String[] arguments) throws Exception {
        String home = arguments[0];
        String port = arguments[1];
        System.setProperty("solr.solr.home", home);
        System.setProperty("solr.install.dir", home);
        System.setProperty("solr.log.dir", home);
        System.setProperty("jetty.port", port);

        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(port));
        server.addConnector(connector);

        ServletContextHandler solr = new ServletContextHandler(ServletContextHandler.SESSIONS);
        solr.setContextPath("/solr");
        solr.setResourceBase(home);
        solr.addEventListener(new CoreContainerProvider());
        solr.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder nothing = new ServletHolder(DefaultServlet.class);
        nothing.setInitParameter("dirAllowed", "false");
        solr.addServlet(nothing, "/");
        server.setHandler(solr);
        server.setStopAtShutdown(true);
        server.start();
        server.join();
    }
}
